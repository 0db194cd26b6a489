import type { TransactionEvent } from '@roambridge/domain';
import { type AvailabilityReport, isBayReport, type StatusReport } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import { planReservationFault } from '../reservations/plan-reservation.js';
import type { EventPorts } from '../transactions/event-ports.js';
import { isOverByBoot } from '../transactions/lost-transaction.js';
import { type PlannedEvent, planEvent } from '../transactions/plan-event.js';
import { planUnplugged, unpluggedBy } from '../transactions/unplug.js';
import type { OpenTransaction, StationAggregate } from './aggregate.js';
import { hasRepairedTime, withReports } from './apply-report.js';
import { planClock } from './clock-watch.js';
import { planSteadiness } from './flapping.js';
import { planInventory } from './inventory.js';
import { newPlan, planHeard } from './plan.js';
import { publishStatus, statusFacts } from './publish-status.js';
import { correctTime } from './station-quirks.js';

/** Records a status and publishes what it changes (D1); resolves after the commit. */
export async function reportStatus(
  ports: EventPorts,
  station: StationAggregate,
  reported: readonly AvailabilityReport[],
  frame: FrameRecord,
): Promise<void> {
  const reports = reported.map((report) => {
    if (isBayReport(report)) return report;
    const at = correctTime(station.station, report.at);
    return at === report.at ? report : { ...report, at };
  });
  const now = ports.clock.now();
  const plan = newPlan(station.station.id, frame);
  const { state, believed } = withReports(station.state, reports, frame, now);
  plan.stationState = state;
  plan.afterCommit.push(() => {
    station.state = state;
  });
  // A status without a time has that of its receipt, which tells nothing.
  const timed = reports.find((report) => !isBayReport(report) && report.at !== frame.at);
  if (timed && !isBayReport(timed) && !hasRepairedTime(frame)) {
    planClock(plan, station, { receivedAt: frame.at }, timed.at);
  }
  for (const report of believed) {
    planHeard(plan, station, report.evseId);
    planSteadiness(plan, station, report, now);
    planReservationFault(ports, plan, station, report, now);
  }
  if (state.connectors.length > station.state.connectors.length) planInventory(plan, station, state, now);

  // What is too old for the status still tells of the transaction: a charger may have kept it while it was away.
  const told = reports.find(tellsOfTransaction);
  const running = told && transactionOn(station, told.evseId);
  const open = told && running && !tellsOfNext(station, running, told) ? running : undefined;
  let planned: PlannedEvent | undefined;
  if (open && told) {
    frame.correlationId = open.transaction.id;
    // D2-043: where the status carries it, it is the transaction's charging state.
    planned = await planEvent(plan, station, open, stateChange(open, told, now), ports);
  }
  const gone = unpluggedBy(
    station,
    believed.filter(({ connectorId }) => connectorId > 0),
  );
  const left = gone && (await planUnplugged(plan, station, gone.open, gone.at, ports));
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
  const evseIds = reports.some(({ evseId }) => evseId === 0)
    ? station.bindings.keys()
    : new Set(reports.map(({ evseId }) => evseId));
  publishStatus(plan, station, evseIds, facts, ports);
  await ports.committer.commit(plan);
  if (open && planned) ports.followUp.after(station, open, planned);
  if (gone && left) ports.followUp.after(station, gone.open, left);
  if (believed.some(({ status }) => status === 'Available')) ports.orphans.look(station);
  ports.statusWatch.watch(station);
}

function tellsOfTransaction(report: AvailabilityReport): report is StatusReport {
  return !isBayReport(report) && report.chargingState !== undefined;
}

function transactionOn(station: StationAggregate, evseId: number): OpenTransaction | undefined {
  for (const open of station.open.values())
    if (open.transaction.evseId === evseId && open.transaction.endedAt === undefined) return open;
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
