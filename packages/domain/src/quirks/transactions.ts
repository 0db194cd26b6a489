import type { Quirk } from './quirk.js';

/** What chargers do with transactions. */
export const TRANSACTION_QUIRKS = {
  'Q-40': {
    does: 'repeats a start with the same message id',
    handled: 'gets the same answer, and nothing is recorded twice',
    seenAt: 'several',
    signs: ['StartTransaction: DUPLICATE_MESSAGE', 'TransactionEvent: DUPLICATE_MESSAGE'],
  },
  'Q-41': {
    does: 'repeats a start with a new message id',
    handled: 'connector, token, time and register are the same, so it is the same transaction',
    seenAt: 'ABB Terra and others',
    signs: ['StartTransaction: REPEATED', 'TransactionEvent: REPEATED'],
  },
  'Q-42': {
    does: 'repeats a stop',
    handled: 'the first one counts, the others are acknowledged',
    seenAt: 'every charger with a bad link',
    signs: ['StopTransaction: REPEATED', 'StopTransaction: DUPLICATE_MESSAGE'],
  },
  'Q-43': {
    does: 'stops transaction 0, always',
    handled: 'the transaction is the only one that fits token, register and time',
    seenAt: 'Delta',
    signs: ['STOP_ID_INFERRED'],
  },
  'Q-44': {
    does: 'stops transaction -1, because its start was never confirmed',
    handled: 'waits for that start, or is given to the transaction that it fits',
    seenAt: 'several',
    signs: ['STOP_ID_INFERRED'],
  },
  'Q-45': {
    does: 'stops -1 later when a refused start was answered with the id 0',
    handled: 'a refused start gets a real id too',
    seenAt: 'Hager',
  },
  'Q-46': {
    does: 'names no transaction in its meter values, or a wrong one (0, 2^63-1)',
    handled: 'the connector tells which one is meant',
    seenAt: 'Alfen and others',
    signs: ['MeterValues: TRANSACTION_INFERRED', 'MeterValues: IGNORED_VALUE /transactionId'],
  },
  'Q-47': {
    does: 'stops a transaction that nobody knows (free charging)',
    handled: 'is acknowledged and kept; it has no session',
    seenAt: 'Wallbox',
    signs: ['StopTransaction: UNASSIGNABLE*'],
  },
  'Q-48': {
    does: 'mixes transactions up when ids are used again',
    handled: 'ids are unique over all stations and for ever',
    seenAt: 'several',
  },
  'Q-49': {
    does: 'starts the transaction before it answers the remote start',
    handled: 'the start is waited for from the moment the call is sent',
    seenAt: 'simulators and fast chargers',
  },
  'Q-50': {
    does: 'refuses a remote start without a connector',
    handled: 'a connector is always named',
    seenAt: 'several',
  },
  'Q-51': {
    does: 'loses its transaction at a reboot, and reports its connector as free',
    handled: 'the transaction is ended for it at its last evidence',
    seenAt: 'Grizzl-E',
  },
  'Q-52': {
    does: 'starts with the register of a lifetime and goes on from 0, or the other way round',
    handled: 'values that begin near 0 are counted on from the start',
    seenAt: 'Grizzl-E',
    signs: ['RELATIVE_REGISTER'],
  },
  'Q-53': {
    does: 'counts its register from 0 again within a session',
    handled: 'what was counted before and after is added up',
    seenAt: 'several',
    signs: ['REGISTER_RESET'],
  },
  'Q-54': {
    does: 'stops without a register, or with -1 or 0, or below the one of the start',
    handled: 'the last value that fits is the end',
    seenAt: 'several',
    signs: ['STOP_METER_INVALID'],
  },
  'Q-55': {
    does: 'drops out to 0 or a lower value in the middle of a session',
    handled: 'a value that the next one contradicts is left out',
    seenAt: 'ABB',
  },
  'Q-56': {
    does: 'repeats the value of the beginning in every message, as Transaction.Begin',
    handled: 'only the first one counts',
    seenAt: 'Growatt',
  },
  'Q-57': {
    does: 'stops in the future, or at a time before its clock was set',
    handled: 'is believed up to a day ahead; else its receipt is the time',
    seenAt: 'several',
    signs: ['StopTransaction: TIME_IMPLAUSIBLE *', 'TIME_REPAIRED'],
  },
} as const satisfies Record<string, Quirk>;
