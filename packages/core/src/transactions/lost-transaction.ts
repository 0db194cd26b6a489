import type { EpochMs } from '@roambridge/domain';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';

/** What tells that a charger will not end a transaction itself (D3-040). */
export type LossReason = 'boot' | 'available' | 'silence';

export interface Loss {
  reason: LossReason;
  /** When its end is made for it, if nothing is heard of it until then. */
  at: EpochMs;
}

/** After this time without any message a transaction is lost, wherever its station is (D3-040 f). */
const SILENCE_MS = 7 * 24 * 3_600_000;

/**
 * What points to the loss of an open transaction. A station that is away may be charging (D3-040 d), and one that came
 * back has `waitMs` to deliver what it kept.
 */
export function expectedLoss(station: StationAggregate, open: OpenTransaction, waitMs: number): Loss {
  const { heardAt } = open.transaction;
  const silence: Loss = { reason: 'silence', at: heardAt + SILENCE_MS };
  const evidence = lossEvidence(station, open);
  if (!evidence || !station.connection) return silence;
  const at = Math.max(evidence.since, station.connection.since) + waitMs;
  return at < silence.at ? { reason: evidence.reason, at } : silence;
}

function lossEvidence(
  station: StationAggregate,
  { transaction, suspectedAt }: OpenTransaction,
): { reason: LossReason; since: EpochMs } | undefined {
  const { heardAt, evseId, connectorId } = transaction;
  const bootAt = station.state.boot?.at;
  // D3-041: where a transaction may go on after a boot, only a free connector tells that it did not.
  const bootEnds = station.connection?.traits.resumesTransactions !== true;
  if (bootEnds && bootAt !== undefined && bootAt > heardAt) return { reason: 'boot', since: bootAt };
  const used = station.state.connectors.filter(
    (connector) =>
      connector.evseId === evseId && (connectorId === undefined || connector.connectorId === connectorId),
  );
  const freeSince = Math.max(...used.map((connector) => connector.receivedAt));
  if (freeSince <= heardAt || used.some((connector) => connector.status !== 'Available')) return undefined;
  // A charger that repeats its status does not gain time by it.
  const since = suspectedAt !== undefined && suspectedAt > heardAt ? suspectedAt : freeSince;
  return { reason: 'available', since };
}

/** D2-043: right after a boot a status tells of the connector; the transaction goes on when the charger says so. */
export function isOverByBoot(station: StationAggregate, { transaction }: OpenTransaction): boolean {
  const bootAt = station.state.boot?.at;
  return bootAt !== undefined && bootAt > transaction.heardAt;
}
