import type { EpochMs } from '@roambridge/domain';
import { randomUUID } from '../ids.js';
import type { DeviceVariable } from '../model/device-model.js';
import type { AskedReport, ReportKind, ReportPart, StationReport } from '../model/station-report.js';

/** Items of one report that are kept, at most. */
export const MAX_ITEMS = 20_000;
/** Parts of one report, at most. */
const MAX_PARTS = 10_000;
/** Missing numbers that are named. */
const MISSING_SHOWN = 100;

/** A report while its parts come in. */
export interface OpenReport {
  report: StationReport;
  whole: boolean;
  /** Items by the number of their part. */
  parts: Map<number, ReportPart>;
  /** Number of the last part, once it is known. */
  lastSeqNo?: number;
  items: number;
  cancelIdle?: () => void;
}

export function newReport(
  stationId: string,
  asked: Pick<AskedReport, 'kind' | 'requestId' | 'whole'> & { action?: string },
  at: EpochMs,
): OpenReport {
  const { kind, requestId, action } = asked;
  return {
    report: {
      id: randomUUID(),
      stationId,
      kind,
      requestId,
      ...(action === undefined ? {} : { action }),
      state: 'running',
      startedAt: at,
      updatedAt: at,
      parts: 0,
      missing: [],
      items: [],
    },
    whole: asked.whole === true,
    parts: new Map(),
    items: 0,
  };
}

/** Takes one part in; a part that is told twice counts once. */
export function addPart(open: OpenReport, part: ReportPart, at: EpochMs): void {
  // Messages without a number count in the order in which they come.
  const seqNo = part.seqNo ?? open.parts.size;
  if (open.parts.has(seqNo) || open.parts.size >= MAX_PARTS) return;
  const room = MAX_ITEMS - open.items;
  open.parts.set(seqNo, part.items.length > room ? { ...part, items: part.items.slice(0, room) } : part);
  open.items += Math.min(room, part.items.length);
  if (part.last) open.lastSeqNo = seqNo;
  open.report = { ...open.report, updatedAt: at, parts: open.parts.size, missing: missingOf(open) };
}

/** The last part came and none before it is missing. */
export function isComplete(open: OpenReport): boolean {
  return open.lastSeqNo !== undefined && open.report.missing.length === 0;
}

function missingOf({ parts, lastSeqNo }: OpenReport): number[] {
  const end = lastSeqNo ?? Math.max(...parts.keys());
  const missing: number[] = [];
  for (let seqNo = 0; seqNo < end && missing.length < MISSING_SHOWN; seqNo += 1) {
    if (!parts.has(seqNo)) missing.push(seqNo);
  }
  return missing;
}

/** The report as it is stored at its end, in the order of its parts. */
export function closed(open: OpenReport, state: StationReport['state']): StationReport {
  const items = inOrder(open).flatMap((part) => part.items);
  return { ...open.report, state, items };
}

export function variablesOf(open: OpenReport): DeviceVariable[] {
  return inOrder(open).flatMap(({ variables }) => variables ?? []);
}

function inOrder({ parts }: OpenReport): ReportPart[] {
  return [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
}

/** What the parts of one report have in common. */
export function reportKey(stationId: string, kind: ReportKind, requestId: number): string {
  return `${stationId}\0${kind}\0${requestId}`;
}
