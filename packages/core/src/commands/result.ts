import type { CommandResultType } from '../model/command.js';
import type { CallOutcome } from '../ports/station-link.js';

/** D5-004: what a partner is told when the charger gave no usable answer. */
export function outcomeWithoutStatus(outcome: Exclude<CallOutcome, { kind: 'result' }>): CommandResultType {
  switch (outcome.kind) {
    case 'timeout':
      return 'TIMEOUT';
    case 'not-supported':
      return 'NOT_SUPPORTED';
    case 'error':
      return outcome.code === 'NotSupported' || outcome.code === 'NotImplemented'
        ? 'NOT_SUPPORTED'
        : 'FAILED';
    case 'lost':
    case 'not-connected':
      return 'FAILED';
  }
}

/** D5-014: START_SESSION. What the EVSE is doing tells why a charger said no. */
export function startResult(
  outcome: CallOutcome,
  evse: { occupied: boolean; inoperative: boolean },
): CommandResultType {
  return byStatus(outcome, {
    Accepted: 'ACCEPTED',
    Rejected: evse.occupied ? 'EVSE_OCCUPIED' : evse.inoperative ? 'EVSE_INOPERATIVE' : 'REJECTED',
  });
}

/** D5-031: STOP_SESSION. A refusal of a transaction that is over means that the driver got what was asked for. */
export function stopResult(outcome: CallOutcome, stillOpen: boolean): CommandResultType {
  return byStatus(outcome, { Accepted: 'ACCEPTED', Rejected: stillOpen ? 'REJECTED' : 'ACCEPTED' });
}

/** D5-043 */
const RESERVE_RESULTS = {
  Accepted: 'ACCEPTED',
  Occupied: 'EVSE_OCCUPIED',
  Faulted: 'EVSE_INOPERATIVE',
  Unavailable: 'EVSE_INOPERATIVE',
  Rejected: 'REJECTED',
} as const satisfies Record<string, CommandResultType>;

export function reserveResult(outcome: CallOutcome): CommandResultType {
  return byStatus(outcome, RESERVE_RESULTS);
}

/** D5-046: a charger refuses to cancel only what it does not know. */
export function cancelResult(outcome: CallOutcome): CommandResultType {
  return byStatus(outcome, { Accepted: 'ACCEPTED', Rejected: 'UNKNOWN_RESERVATION' });
}

/** D5.5 */
const UNLOCK_RESULTS = {
  Unlocked: 'ACCEPTED',
  UnlockFailed: 'FAILED',
  NotSupported: 'NOT_SUPPORTED',
  OngoingAuthorizedTransaction: 'REJECTED',
  UnknownConnector: 'FAILED',
} as const satisfies Record<string, CommandResultType>;

export function unlockResult(outcome: CallOutcome): CommandResultType {
  return byStatus(outcome, UNLOCK_RESULTS);
}

/** A status that is not in the table is no usable answer (D5-004). */
function byStatus(
  outcome: CallOutcome,
  results: Readonly<Record<string, CommandResultType>>,
): CommandResultType {
  if (outcome.kind !== 'result') return outcomeWithoutStatus(outcome);
  const { status } = outcome.payload;
  return (
    (typeof status === 'string' && Object.hasOwn(results, status) ? results[status] : undefined) ?? 'FAILED'
  );
}
