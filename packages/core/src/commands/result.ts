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
  if (outcome.kind !== 'result') return outcomeWithoutStatus(outcome);
  switch (outcome.payload.status) {
    case 'Accepted':
      return 'ACCEPTED';
    case 'Rejected':
      if (evse.occupied) return 'EVSE_OCCUPIED';
      return evse.inoperative ? 'EVSE_INOPERATIVE' : 'REJECTED';
    default:
      return 'FAILED';
  }
}

/** D5-031: STOP_SESSION. A refusal of a transaction that is over means that the driver got what was asked for. */
export function stopResult(outcome: CallOutcome, stillOpen: boolean): CommandResultType {
  if (outcome.kind !== 'result') return outcomeWithoutStatus(outcome);
  switch (outcome.payload.status) {
    case 'Accepted':
      return 'ACCEPTED';
    case 'Rejected':
      return stillOpen ? 'REJECTED' : 'ACCEPTED';
    default:
      return 'FAILED';
  }
}
