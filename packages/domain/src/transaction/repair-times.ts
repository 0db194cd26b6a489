import type { EpochMs } from '../roaming/common.js';
import type { MeterValue } from '../station/identity.js';
import type { Transaction } from './transaction.js';

/** How the times of a charger that lost the date become ours: ours = its own + `offsetMs`. */
export interface LostClock {
  offsetMs: number;
  /** The charger's own time of its newest event. */
  rawAt: EpochMs;
  /** Every event of the transaction was told by this clock. */
  whole: boolean;
}

/** What a repair means for the transaction; kept with the event (D2-063). */
export interface TimeRepair {
  clock: LostClock;
  /** Earlier events move by this, never forward: they cannot be newer than what was received since. */
  shiftMs: number;
  /** By how much the times may be wrong. */
  errorMs: number;
}

interface TimedEvent {
  at: EpochMs;
  rawAt?: EpochMs;
  receivedAt: EpochMs;
  meterValues: MeterValue[];
}

/** Differences of this size are the way of the messages, not the clock. */
const JITTER_MS = 1_000;

/** Nobody knows how old a queue is of which no time is known. */
const QUEUE_ERROR_MS = 24 * 3_600_000;

/**
 * The event with its times repaired (D2-061). Differences between the times of one lost clock are right, so they are
 * kept; where they begin is told by the time of receipt, or by what was known before for a message that waited in the
 * charger (`queued`). No repaired time is later than its receipt. An event with usable times is returned as it is.
 */
export function repairTimes<Event extends TimedEvent>(
  event: Event,
  before: Pick<Transaction, 'clock' | 'lastEventAt' | 'timeErrorMs'> | undefined,
  queued: boolean,
): { event: Event; repair?: TimeRepair } {
  const { rawAt, receivedAt } = event;
  if (rawAt === undefined) {
    const spoilt = event.meterValues.some((value) => value.rawAt !== undefined);
    return { event: spoilt ? { ...event, meterValues: takenAt(event.meterValues, event.at) } : event };
  }
  const repair = repairOf(rawAt, receivedAt, before, queued);
  const timeOf = (raw: EpochMs) => Math.min(raw + repair.clock.offsetMs, receivedAt);
  return {
    event: {
      ...event,
      at: timeOf(rawAt),
      meterValues: event.meterValues.map((value) =>
        value.rawAt === undefined ? value : { ...value, at: timeOf(value.rawAt) },
      ),
    },
    repair,
  };
}

function repairOf(
  rawAt: EpochMs,
  receivedAt: EpochMs,
  before: Pick<Transaction, 'clock' | 'lastEventAt' | 'timeErrorMs'> | undefined,
  queued: boolean,
): TimeRepair {
  const latest = receivedAt - rawAt;
  const known = before?.clock;
  const errorMs = before?.timeErrorMs ?? 0;
  if (known !== undefined && rawAt >= known.rawAt) {
    const excessMs = known.offsetMs - latest;
    if (excessMs <= JITTER_MS) return { clock: { ...known, rawAt }, shiftMs: 0, errorMs };
    const clock: LostClock = { offsetMs: latest, rawAt, whole: known.whole };
    return { clock, shiftMs: known.whole ? -excessMs : 0, errorMs };
  }
  if (!queued) {
    return { clock: { offsetMs: latest, rawAt, whole: before === undefined }, shiftMs: 0, errorMs };
  }
  if (before === undefined) {
    return { clock: { offsetMs: latest, rawAt, whole: true }, shiftMs: 0, errorMs: QUEUE_ERROR_MS };
  }
  const offsetMs = Math.min(before.lastEventAt - rawAt, latest);
  return {
    clock: { offsetMs, rawAt, whole: false },
    shiftMs: 0,
    errorMs: Math.max(errorMs, receivedAt - before.lastEventAt),
  };
}

/** Values whose own time is of no use were taken with their event. */
function takenAt(values: MeterValue[], at: EpochMs): MeterValue[] {
  return values.map((value) => (value.rawAt === undefined ? value : { ...value, at }));
}

/** The transaction with all its times moved. */
export function shiftTimes(transaction: Transaction, byMs: number): Transaction {
  if (byMs === 0) return transaction;
  const moved = <T extends { at: EpochMs }>(item: T): T => ({ ...item, at: item.at + byMs });
  const { authorizedAt, pluggedAt, connectedAt, activeAt, idTokenAt, stoppedAt, endedAt, flow } = transaction;
  return {
    ...transaction,
    startedAt: transaction.startedAt + byMs,
    lastEventAt: transaction.lastEventAt + byMs,
    ...(authorizedAt === undefined ? {} : { authorizedAt: authorizedAt + byMs }),
    ...(pluggedAt === undefined ? {} : { pluggedAt: pluggedAt + byMs }),
    ...(connectedAt === undefined ? {} : { connectedAt: connectedAt + byMs }),
    ...(activeAt === undefined ? {} : { activeAt: activeAt + byMs }),
    ...(idTokenAt === undefined ? {} : { idTokenAt: idTokenAt + byMs }),
    ...(stoppedAt === undefined ? {} : { stoppedAt: stoppedAt + byMs }),
    ...(endedAt === undefined ? {} : { endedAt: endedAt + byMs }),
    flow: flow.flowedAt === undefined ? flow : { ...flow, flowedAt: flow.flowedAt + byMs },
    samples: transaction.samples.map(moved),
    states: transaction.states.map(moved),
  };
}
