import type { TransactionEvent } from '@roambridge/domain';
import type { StatusReport } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import type { ConnectorState, StationState } from '../model/station.js';
import { isOverByBoot } from '../transactions/lost-transaction.js';
import { type PlannedEvent, planEvent } from '../transactions/plan-event.js';
import type { EventPorts } from '../transactions/record-event.js';
import type { OpenTransaction, StationAggregate } from './aggregate.js';
import { newPlan } from './plan.js';
import { publishStatus, statusFacts } from './publish-status.js';

/** Records a status and publishes what it changes (D1); resolves after the commit. */
export async function reportStatus(
  ports: EventPorts,
  station: StationAggregate,
  report: StatusReport,
  frame: FrameRecord,
): Promise<void> {
  const now = ports.clock.now();
  const plan = newPlan(station.station.id, frame);
  const state = withReport(station.state, report, now);
  plan.stationState = state;
  plan.afterCommit.push(() => {
    station.state = state;
  });

  const running = report.chargingState === undefined ? undefined : transactionOn(station, report.evseId);
  const open = running && !tellsOfNext(station, running, report) ? running : undefined;
  let planned: PlannedEvent | undefined;
  if (open && report.chargingState !== undefined) {
    frame.correlationId = open.transaction.id;
    // D2-043: where the status carries it, it is the transaction's charging state.
    planned = await planEvent(plan, station, open, stateChange(open, report, now), ports);
  }
  const transaction = planned?.transaction;
  const facts = statusFacts(station, {
    state,
    ...(transaction
      ? {
          transactionOn: (evseId: number) =>
            evseId === transaction.evseId ? transaction : transactionOn(station, evseId)?.transaction,
        }
      : {}),
  });
  const evseIds = report.evseId === 0 ? station.bindings.keys() : [report.evseId];
  publishStatus(plan, station, evseIds, facts, ports);
  await ports.committer.commit(plan);
  if (open && planned) ports.followUp.after(station, open, planned);
  if (report.status === 'Available') ports.orphans.look(station);
}

function transactionOn(station: StationAggregate, evseId: number): OpenTransaction | undefined {
  for (const open of station.open.values()) if (open.transaction.evseId === evseId) return open;
  return undefined;
}

/** After a boot a vehicle that is connected is not yet a transaction that goes on. */
function tellsOfNext(station: StationAggregate, open: OpenTransaction, report: StatusReport): boolean {
  return report.chargingState === 'EVConnected' && isOverByBoot(station, open);
}

function stateChange(open: OpenTransaction, report: StatusReport, receivedAt: number): TransactionEvent {
  return {
    eventType: 'Updated',
    ocppTransactionId: open.transaction.ocppTransactionId,
    at: report.at,
    receivedAt,
    offline: false,
    triggerReason: 'ChargingStateChanged',
    meterValues: [],
    ...(report.chargingState === undefined ? {} : { chargingState: report.chargingState }),
  };
}

function withReport(state: StationState, report: StatusReport, now: number): StationState {
  if (report.evseId === 0) {
    return { ...state, overall: { status: report.status, rawStatus: report.rawStatus, at: report.at } };
  }
  const connector: ConnectorState = {
    evseId: report.evseId,
    connectorId: report.connectorId,
    status: report.status,
    rawStatus: report.rawStatus,
    at: report.at,
    receivedAt: now,
  };
  if (report.errorCode !== undefined) connector.errorCode = report.errorCode;
  if (report.vendorErrorCode !== undefined) connector.vendorErrorCode = report.vendorErrorCode;
  if (report.info !== undefined) connector.info = report.info;
  const others = state.connectors.filter(
    (known) => known.evseId !== report.evseId || known.connectorId !== report.connectorId,
  );
  const connectors = [...others, connector].sort(
    (a, b) => a.evseId - b.evseId || a.connectorId - b.connectorId,
  );
  return { ...state, connectors };
}
