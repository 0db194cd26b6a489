import type { EpochMs } from '@roambridge/domain';
import type { DeviceVariable } from './device-model.js';

/** What a charger tells in several messages when it is asked (C-002). */
export const REPORT_KINDS = [
  'inventory',
  'monitoring',
  'charging-profiles',
  'display-messages',
  'customer-information',
] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** `incomplete`: parts of it never came. `refused`: the charger does not give it. */
export type ReportState = 'running' | 'complete' | 'incomplete' | 'refused';

/** Something that the charger was asked to report, and what it told. */
export interface StationReport {
  id: string;
  stationId: string;
  kind: ReportKind;
  requestId: number;
  /** The call that asked for it; absent = the charger told it unasked. */
  action?: string;
  state: ReportState;
  /** The charger's word about the request, e.g. `Accepted`, `EmptyResultSet`. */
  status?: string;
  /** What it adds to its word (C-003). */
  statusInfo?: { reasonCode: string; additionalInfo?: string };
  startedAt: EpochMs;
  updatedAt: EpochMs;
  /** Messages that came, and the numbers of those that are missing. */
  parts: number;
  missing: number[];
  items: Record<string, unknown>[];
}

/** A call of ours that makes the charger report. */
export interface AskedReport {
  kind: ReportKind;
  requestId: number;
  action: string;
  /** The report has everything: what it does not name does not exist any more. */
  whole?: boolean;
}

/** One message of a report as an edge hands it over. */
export interface ReportPart {
  kind: ReportKind;
  requestId: number;
  /** From 0; absent where the message has no number. */
  seqNo?: number;
  /** No part comes after it. */
  last: boolean;
  items: Record<string, unknown>[];
  /** What the items say of the device model. */
  variables?: DeviceVariable[];
}
