import type { JobState } from '@roambridge/core';

/** What the words about firmware mean, in all versions; `Idle` only answers a trigger (B-010, L01). */
export const FIRMWARE_STATES: ReadonlyMap<string, JobState> = new Map([
  ['DownloadScheduled', 'running'],
  ['Downloading', 'running'],
  ['DownloadPaused', 'running'],
  ['Downloaded', 'running'],
  ['SignatureVerified', 'running'],
  ['InstallScheduled', 'running'],
  ['Installing', 'running'],
  ['InstallRebooting', 'running'],
  ['Installed', 'done'],
  ['DownloadFailed', 'failed'],
  ['InstallationFailed', 'failed'],
  ['InstallVerificationFailed', 'failed'],
  ['InvalidSignature', 'failed'],
  ['InvalidCertificate', 'failed'],
  ['RevokedCertificate', 'failed'],
]);

/** The same about logs and diagnostics (B-010, B-011, N01). */
export const LOG_STATES: ReadonlyMap<string, JobState> = new Map([
  ['Uploading', 'running'],
  ['Uploaded', 'done'],
  ['UploadFailed', 'failed'],
  ['UploadFailure', 'failed'],
  ['BadMessage', 'failed'],
  ['NotSupportedOperation', 'failed'],
  ['PermissionDenied', 'failed'],
  ['AcceptedCanceled', 'failed'],
]);
