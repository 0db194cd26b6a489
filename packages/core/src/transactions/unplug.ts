import type { EpochMs, TransactionEvent } from '@roambridge/domain';
import type { StationTraits, StatusReport } from '../edges/charger-edge.js';
import type { CoreSettings } from '../settings.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { type Planned, planEvent } from './plan-event.js';
import type { SessionPorts } from './plan-session.js';

/** The driver pulled the cable: there is nothing to wait for. */
const PULLED = 'EVDisconnected';

/**
 * D2-005: whether a session goes on after its transaction was stopped, because its vehicle is still there. Where the
 * charger decides itself what ends a transaction (OCPP TxStopPoint), that counts.
 */
export function staysPlugged(
  station: StationAggregate,
  event: TransactionEvent,
  known: OpenTransaction | undefined,
  { settings, traits }: { settings: Pick<CoreSettings, 'endAtUnplug'>; traits: StationTraits },
): boolean {
  if (!settings.endAtUnplug || !traits.csmsGivesTransactionIds) return false;
  if (event.eventType !== 'Ended' || event.stoppedReason === PULLED || !known) return false;
  const { evseId, connectorId } = known.transaction;
  return station.state.connectors.some(
    (connector) =>
      connector.evseId === evseId &&
      (connectorId === undefined || connector.connectorId === connectorId) &&
      connector.status === 'Occupied',
  );
}

/** The stopped transaction whose connector is free by one of these reports, and when it became so. */
export function unpluggedBy(
  station: StationAggregate,
  reports: readonly StatusReport[],
): { open: OpenTransaction; at: EpochMs } | undefined {
  for (const open of station.open.values()) {
    const { awaitsUnplug, evseId, connectorId } = open.transaction;
    if (!awaitsUnplug) continue;
    const gone = reports.find(
      (report) =>
        report.evseId === evseId &&
        (connectorId === undefined || report.connectorId === connectorId) &&
        report.status !== 'Occupied',
    );
    if (gone) return { open, at: gone.at };
  }
  return undefined;
}

/** Ends the session of a stopped transaction in the plan: its vehicle left at `at`, or is not waited for any longer. */
export function planUnplugged(
  plan: Plan,
  station: StationAggregate,
  open: OpenTransaction,
  at: EpochMs,
  ports: SessionPorts,
): Planned {
  const event: TransactionEvent = {
    eventType: 'Updated',
    ocppTransactionId: open.transaction.ocppTransactionId,
    at,
    receivedAt: ports.clock.now(),
    offline: false,
    triggerReason: 'EVDeparted',
    meterValues: [],
  };
  return planEvent(plan, station, open, event, ports, { context: { unplugged: true } });
}
