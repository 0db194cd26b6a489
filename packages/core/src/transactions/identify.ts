import type { EpochMs, Transaction, TransactionFlag } from '@roambridge/domain';
import { hasSeqNo, normalizeIdToken } from '@roambridge/domain';
import type { ReportedEvent, StationTraits } from '../edges/charger-edge.js';
import { stableId } from '../ids.js';
import type { TransactionRecord } from '../model/transaction.js';
import type { Store } from '../ports/store.js';
import { eventFingerprint, type OpenTransaction, type StationAggregate } from '../stations/aggregate.js';

const NO_FLAGS: TransactionFlag[] = [];

/** To which transaction an event belongs. */
export type Identified =
  | { kind: 'open'; open: OpenTransaction; flags: TransactionFlag[] }
  /** `id` where the charger used the name before (R6). */
  | { kind: 'new'; id?: string }
  /** Told before: answered again, without effect (D2-051, D2-053, D2-058). */
  | { kind: 'repeated'; transactionId: string; ocppTransactionId: string }
  /** Belongs to a transaction that is settled, and adds nothing to it. */
  | { kind: 'late'; record: TransactionRecord }
  /** Nobody can tell to which one: it fits none, or several (D2-054, D2-056). */
  | { kind: 'unassignable'; reason: string; fits: 'none' | 'several' };

/** Finds the transaction of an event that {@link identifyOpen} does not know (D2.5). Ids count only together with their station (S5). */
export async function identify(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
  traits: StationTraits,
  trustedTime: boolean,
): Promise<Identified> {
  // Later than all that is recorded: it cannot have been told before.
  const isNews = event.eventType === 'Started' && trustedTime && event.at > station.newestStartAt;
  return traits.csmsGivesTransactionIds
    ? identifyByOurId(store, station, event, isNews)
    : identifyByChargersId(store, station, event, isNews);
}

/** The open transaction that an event names, where nothing has to be looked up; undefined = {@link identify} it. */
export function identifyOpen(
  station: StationAggregate,
  event: ReportedEvent,
  { csmsGivesTransactionIds }: StationTraits,
): Identified | undefined {
  const id = event.ocppTransactionId;
  const open = id === undefined ? undefined : station.open.get(id);
  if (id === undefined || !open) return undefined;
  if (csmsGivesTransactionIds) {
    if (event.eventType === 'Started' || !stoodAt(open.transaction, event)) return undefined;
    // D2-053: it stopped, and only its vehicle is still there.
    const told = event.eventType === 'Ended' && open.transaction.awaitsUnplug;
    return told ? repeated(open.transaction) : { kind: 'open', open, flags: NO_FLAGS };
  }
  if (isReused(event, open.transaction)) return undefined;
  // D2-058
  if (event.seqNo !== undefined && open.seen.has(eventFingerprint(event))) return repeated(open.transaction);
  const reused = event.seqNo !== undefined && hasSeqNo(open.transaction.seqRanges, event.seqNo);
  return { kind: 'open', open, flags: reused ? ['SEQ_REUSED'] : NO_FLAGS };
}

async function identifyByChargersId(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
  isNews: boolean,
): Promise<Identified> {
  const id = event.ocppTransactionId;
  if (id === undefined)
    return { kind: 'unassignable', reason: 'the event names no transaction', fits: 'none' };
  const open = station.open.get(id);
  if (isNews) return { kind: 'new' };
  const settled = open ? undefined : await settledTransaction(store, station, id);
  if (settled && !isReused(event, settled)) return { kind: 'late', record: settled };
  return open || settled
    ? identifyReuse(store, station, { ...event, ocppTransactionId: id })
    : { kind: 'new' };
}

/** R6: a name that is used once more. One of its earlier uses may be told again, out of order. */
async function identifyReuse(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent & { ocppTransactionId: string },
): Promise<Identified> {
  for (let use = 1; ; use += 1) {
    const id = transactionIdOf(station.station.id, event, use);
    const earlier = await store.transactions.get(id);
    if (!earlier) return { kind: 'new', id };
    if (!earlier.open && earlier.startedAt === event.at) return { kind: 'late', record: earlier };
  }
}

/** C4: the same charge has the same id when it is recorded again, after a restore for example. */
export function transactionIdOf(
  stationId: string,
  event: { at: EpochMs; ocppTransactionId: string; naturalKey?: string },
  use = 1,
): string {
  const name = event.naturalKey ?? `${event.ocppTransactionId}\0${event.at}`;
  return stableId(`${stationId}\0${name}${use === 1 ? '' : `\0${use}`}`);
}

async function identifyByOurId(
  store: Store,
  station: StationAggregate,
  event: ReportedEvent,
  isNews: boolean,
): Promise<Identified> {
  if (isNews) return { kind: 'new' };
  if (event.eventType === 'Started') return identifyStart(store, station, event);
  const id = event.ocppTransactionId;
  if (id !== undefined && Number(id) > 0) {
    const settled = await settledTransaction(store, station, id);
    if (settled) return { kind: 'late', record: settled };
  }
  const [open, another] = fitting(station, event);
  if (open && !another) return inferred(open, event);
  const told = open ? undefined : endedBy(station, event);
  if (told) return repeated(told);
  return {
    kind: 'unassignable',
    reason: `no transaction ${id ?? '(none named)'} can be told for it`,
    fits: open ? 'several' : 'none',
  };
}

/** An event that was given to a transaction by what it tells, not by its id. */
export function inferred(open: OpenTransaction, event: ReportedEvent): Extract<Identified, { kind: 'open' }> {
  return { kind: 'open', open, flags: event.eventType === 'Ended' ? ['STOP_ID_INFERRED'] : [] };
}

/** D2-053: the end that a transaction took lately without its id, told again. */
function endedBy(station: StationAggregate, event: ReportedEvent): TransactionRecord | undefined {
  if (event.eventType !== 'Ended') return undefined;
  return [...station.settled.values()].find(
    ({ stoppedAt, flags }) => stoppedAt === event.at && flags.includes('STOP_ID_INFERRED'),
  );
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

/** D2-054, D2-055: the open transactions that fit what the message tells. */
export function fitting(station: StationAggregate, event: ReportedEvent): OpenTransaction[] {
  return [...station.open.values()].filter(({ transaction }) => fits(transaction, event));
}

/** Whether an event without a usable id may belong to a transaction. */
export function fits(transaction: Transaction, event: ReportedEvent): boolean {
  if (transaction.awaitsUnplug || !stoodAt(transaction, event)) return false;
  if (event.at < transaction.startedAt) return false;
  if (!mayBeStoppedBy(transaction, event)) return false;
  const start = transaction.meterStartWh;
  return event.meterStopWh === undefined || start === undefined || event.meterStopWh >= start;
}

async function settledTransaction(
  store: Store,
  station: StationAggregate,
  ocppTransactionId: string,
): Promise<TransactionRecord | undefined> {
  const known = station.settled.get(ocppTransactionId);
  if (known !== undefined) return known;
  const stored = await store.transactions.findByOcppId(station.station.id, ocppTransactionId);
  return stored?.open ? undefined : stored;
}

/** C2, R6: a charger that lost its memory counts its transactions anew; another start is another transaction. */
function isReused(event: ReportedEvent, known: { startedAt: EpochMs; startSeen?: boolean }): boolean {
  return event.eventType === 'Started' && known.startSeen !== false && event.at !== known.startedAt;
}

/** The message names no other EVSE than the transaction's. */
function stoodAt(transaction: Transaction, event: ReportedEvent): boolean {
  return (
    event.evseId === undefined || transaction.evseId === undefined || event.evseId === transaction.evseId
  );
}

/** The same token, or one that may belong to the same group; a message without a token tells nothing. */
function mayBeStoppedBy(transaction: Transaction, event: ReportedEvent): boolean {
  if (!event.idToken || !transaction.idToken || transaction.grant?.groupId !== undefined) return true;
  const uid = (text: string) => normalizeIdToken(text).toLowerCase();
  return uid(event.idToken.idToken) === uid(transaction.idToken.idToken);
}
