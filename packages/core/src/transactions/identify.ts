import type { TransactionFlag } from '@roambridge/domain';
import { normalizeIdToken } from '@roambridge/domain';
import type { ReportedEvent, StationTraits } from '../edges/charger-edge.js';
import type { TransactionRecord } from '../model/transaction.js';
import type { Store } from '../ports/store.js';
import { eventFingerprint, type OpenTransaction, type StationAggregate } from '../stations/aggregate.js';

/** To which transaction an event belongs. */
export type Identified =
  | { kind: 'open'; open: OpenTransaction; flags: TransactionFlag[] }
  | { kind: 'new' }
  /** Told before: answered again, without effect (D2-051, D2-053, D2-058). */
  | { kind: 'repeated'; transactionId: string; ocppTransactionId: string }
  /** Belongs to a transaction that is settled, and adds nothing to it. */
  | { kind: 'late'; transactionId: string; ocppTransactionId: string }
  /** Nobody can tell to which one (D2-054, D2-056). */
  | { kind: 'unassignable'; reason: string };

/** Finds the transaction of an event (D2.5). Ids count only together with their station (S5). */
export async function identify(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
  traits: StationTraits,
): Promise<Identified> {
  return traits.csmsGivesTransactionIds
    ? identifyByOurId(store, station, event)
    : identifyByChargersId(store, station, event);
}

async function identifyByChargersId(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
): Promise<Identified> {
  const id = event.ocppTransactionId;
  if (id === undefined) return { kind: 'unassignable', reason: 'the event names no transaction' };
  const open = station.open.get(id);
  if (open) {
    if (event.seqNo === undefined || !open.seen.has(event.seqNo)) return { kind: 'open', open, flags: [] };
    // D2-058
    if (open.seen.get(event.seqNo) === eventFingerprint(event)) {
      return { kind: 'repeated', transactionId: open.transaction.id, ocppTransactionId: id };
    }
    return { kind: 'open', open, flags: ['SEQ_REUSED'] };
  }
  const settled = await settledTransaction(store, station, id);
  return settled ? { kind: 'late', transactionId: settled, ocppTransactionId: id } : { kind: 'new' };
}

async function identifyByOurId(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
): Promise<Identified> {
  if (event.eventType === 'Started') return identifyStart(store, station, event);
  const id = event.ocppTransactionId;
  const named = id === undefined ? undefined : station.open.get(id);
  if (named && id !== undefined) return { kind: 'open', open: named, flags: [] };
  if (id !== undefined && Number(id) > 0) {
    const settled = await settledTransaction(store, station, id);
    if (settled) return { kind: 'late', transactionId: settled, ocppTransactionId: id };
  }
  const open = infer(station, event);
  if (!open)
    return { kind: 'unassignable', reason: `no transaction ${id ?? '(none named)'} can be told for it` };
  return { kind: 'open', open, flags: event.eventType === 'Ended' ? ['STOP_ID_INFERRED'] : [] };
}

// D2-051: a start that comes again is the same start, whatever its message id.
async function identifyStart(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
): Promise<Identified> {
  const key = event.naturalKey;
  if (key === undefined) return { kind: 'new' };
  for (const { transaction } of station.open.values()) {
    if (transaction.naturalKey === key) return repeated(transaction);
  }
  const known = await store.transactions.findByNaturalKey(station.station.id, key);
  return known ? repeated(known) : { kind: 'new' };
}

function repeated(transaction: Pick<TransactionRecord, 'id' | 'ocppTransactionId'>): Identified {
  return {
    kind: 'repeated',
    transactionId: transaction.id,
    ocppTransactionId: transaction.ocppTransactionId,
  };
}

/** D2-054, D2-055: exactly one open transaction fits what the message tells. */
function infer(station: StationAggregate, event: ReportedEvent): OpenTransaction | undefined {
  const uid = event.idToken && normalizeIdToken(event.idToken.idToken).toLowerCase();
  let candidates = [...station.open.values()].filter(({ transaction }) => {
    if (event.evseId !== undefined && transaction.evseId !== event.evseId) return false;
    const start = transaction.meterStartWh;
    return event.meterStopWh === undefined || start === undefined || event.meterStopWh >= start;
  });
  if (candidates.length > 1 && uid !== undefined) {
    candidates = candidates.filter(
      ({ transaction }) =>
        transaction.idToken && normalizeIdToken(transaction.idToken.idToken).toLowerCase() === uid,
    );
  }
  return candidates.length === 1 ? candidates[0] : undefined;
}

async function settledTransaction(
  store: Store,
  station: StationAggregate,
  ocppTransactionId: string,
): Promise<string | undefined> {
  const known = station.settled.get(ocppTransactionId);
  if (known !== undefined) return known;
  return (await store.transactions.findByOcppId(station.station.id, ocppTransactionId))?.id;
}
