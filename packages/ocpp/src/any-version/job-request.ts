import type { JobKind, JobRequest } from '@roambridge/core';
import { isWireObject } from '../wire.js';

/** Requests whose work goes on after their answer; the versions share most of their names. */
const JOBS: ReadonlyMap<string, JobKind> = new Map([
  ['GetDiagnostics', 'log'],
  ['GetLog', 'log'],
  ['SignedUpdateFirmware', 'firmware'],
  ['UpdateFirmware', 'firmware'],
]);

/** The longer work that a call of the operator asks for (B-033, B-034, B-041, B-042). */
export function jobOf(action: string, payload: unknown): JobRequest | undefined {
  const kind = JOBS.get(action);
  if (kind === undefined || !isWireObject(payload)) return undefined;
  const { requestId } = payload;
  const location = [
    payload.location,
    isWireObject(payload.firmware) ? payload.firmware.location : undefined,
    isWireObject(payload.log) ? payload.log.remoteLocation : undefined,
  ].find((value) => typeof value === 'string');
  return {
    kind,
    ...(typeof requestId === 'number' ? { requestId } : {}),
    ...(typeof location === 'string' ? { location } : {}),
  };
}
