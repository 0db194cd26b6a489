import { type EpochMs, merged } from '@roambridge/domain';
import { type AvailabilityReport, isBayReport, type StatusReport } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import type { ConnectorState, StationState, WholeState } from '../model/station.js';

/** D1-015: a clock that is off by more than this is not trusted to tell which of two reports is the older one. */
const GOOD_CLOCK_MS = 5_000;

/** The state of a station after reports, and those of them that say something about now. */
export function withReports(
  before: StationState,
  reports: readonly AvailabilityReport[],
  frame: FrameRecord,
  now: EpochMs,
): { state: StationState; believed: StatusReport[] } {
  const believed: StatusReport[] = [];
  let state = before;
  for (const report of reports) {
    if (isBayReport(report)) {
      state = withBay(state, report.evseId, report.bayOccupied);
    } else if (isOutdated(state, report, frame)) {
      frame.anomalies.push('OUTDATED_STATUS');
    } else {
      state = withStatus(state, report, frame, now);
      believed.push(report);
    }
  }
  return { state, believed };
}

/**
 * D1-015: told before what is known of the same connector, by a clock that is right. Otherwise the order of arrival
 * counts, so that a clock that was set back does not hide what comes next.
 */
function isOutdated(state: StationState, report: StatusReport, frame: FrameRecord): boolean {
  const known = state.connectors.find((connector) => isSame(connector, report));
  if (!known || known.timeRepaired || hasRepairedTime(frame)) return false;
  const clockIsGood = Math.abs(known.receivedAt - known.at) <= GOOD_CLOCK_MS;
  const bootedSince = (state.boot?.at ?? 0) > known.receivedAt;
  return clockIsGood && !bootedSince && report.at < known.at - GOOD_CLOCK_MS;
}

/** The charger's time was not usable as it came. */
export function hasRepairedTime(frame: FrameRecord): boolean {
  return frame.anomalies.some((anomaly) => anomaly.startsWith('TIME_'));
}

function isSame(
  connector: Pick<ConnectorState, 'evseId' | 'connectorId'>,
  report: Pick<StatusReport, 'evseId' | 'connectorId'>,
): boolean {
  return connector.evseId === report.evseId && connector.connectorId === report.connectorId;
}

function withStatus(
  state: StationState,
  report: StatusReport,
  frame: FrameRecord,
  now: EpochMs,
): StationState {
  const { status, rawStatus, at, evseId, connectorId } = report;
  const whole: WholeState = {
    status,
    rawStatus,
    at,
    receivedAt: now,
    ...(report.outranks ? { outranks: true } : {}),
  };
  if (evseId === 0) return merged(state, { overall: whole });
  if (connectorId === 0) {
    const others = (state.evses ?? []).filter((evse) => evse.evseId !== evseId);
    return merged(state, { evses: [...others, { evseId, ...whole }] });
  }
  const connector: ConnectorState = { evseId, connectorId, status, rawStatus, at, receivedAt: now };
  if (report.errorCode !== undefined) connector.errorCode = report.errorCode;
  if (report.vendorErrorCode !== undefined) connector.vendorErrorCode = report.vendorErrorCode;
  if (report.info !== undefined) connector.info = report.info;
  if (hasRepairedTime(frame)) connector.timeRepaired = true;
  const others = state.connectors.filter((known) => !isSame(known, report));
  const connectors = [...others, connector].sort(
    (a, b) => a.evseId - b.evseId || a.connectorId - b.connectorId,
  );
  return merged(state, { connectors });
}

function withBay(state: StationState, evseId: number, occupied: boolean): StationState {
  const others = (state.occupiedBays ?? []).filter((bay) => bay !== evseId);
  return merged(state, { occupiedBays: occupied ? [...others, evseId] : others });
}
