import { describe, expect, test } from '@jest/globals';
import {
  cancelResult,
  reserveResult,
  startResult,
  stopResult,
  unlockResult,
} from '../src/commands/result.js';
import type { CallOutcome } from '../src/index.js';

const idle = { occupied: false, inoperative: false };
const answered = (status: unknown): CallOutcome => ({ kind: 'result', messageId: 'm', payload: { status } });

describe('outcome of a call to a result for the partner (D5-004, D5-014, D5-031)', () => {
  test.each([
    [{ kind: 'timeout', messageId: 'm' }, 'TIMEOUT'],
    [{ kind: 'lost', messageId: 'm' }, 'FAILED'],
    [{ kind: 'not-connected' }, 'FAILED'],
    [{ kind: 'not-supported' }, 'NOT_SUPPORTED'],
    [{ kind: 'error', messageId: 'm', code: 'NotSupported', description: '' }, 'NOT_SUPPORTED'],
    [{ kind: 'error', messageId: 'm', code: 'NotImplemented', description: '' }, 'NOT_SUPPORTED'],
    [{ kind: 'error', messageId: 'm', code: 'InternalError', description: '' }, 'FAILED'],
    [answered('Accepted'), 'ACCEPTED'],
    [answered('Rejected'), 'REJECTED'],
    [answered('Whatever'), 'FAILED'],
    [answered(undefined), 'FAILED'],
  ] as [CallOutcome, string][])('%j is %s', (outcome, result) => {
    expect(startResult(outcome, idle)).toBe(result);
    expect(stopResult(outcome, true)).toBe(result);
  });

  test('a refused start tells why where the EVSE shows it (G09)', () => {
    expect(startResult(answered('Rejected'), { occupied: true, inoperative: false })).toBe('EVSE_OCCUPIED');
    expect(startResult(answered('Rejected'), { occupied: false, inoperative: true })).toBe(
      'EVSE_INOPERATIVE',
    );
  });

  test('a refused stop of a transaction that is over gave the driver what was asked for (G13)', () => {
    expect(stopResult(answered('Rejected'), false)).toBe('ACCEPTED');
  });
});

test.each([
  ['RESERVE_NOW', reserveResult, 'Accepted', 'ACCEPTED'],
  ['RESERVE_NOW', reserveResult, 'Occupied', 'EVSE_OCCUPIED'],
  ['RESERVE_NOW', reserveResult, 'Faulted', 'EVSE_INOPERATIVE'],
  ['RESERVE_NOW', reserveResult, 'Unavailable', 'EVSE_INOPERATIVE'],
  ['RESERVE_NOW', reserveResult, 'Rejected', 'REJECTED'],
  ['CANCEL_RESERVATION', cancelResult, 'Accepted', 'ACCEPTED'],
  ['CANCEL_RESERVATION', cancelResult, 'Rejected', 'UNKNOWN_RESERVATION'],
  ['UNLOCK_CONNECTOR', unlockResult, 'Unlocked', 'ACCEPTED'],
  ['UNLOCK_CONNECTOR', unlockResult, 'UnlockFailed', 'FAILED'],
  ['UNLOCK_CONNECTOR', unlockResult, 'NotSupported', 'NOT_SUPPORTED'],
  ['UNLOCK_CONNECTOR', unlockResult, 'OngoingAuthorizedTransaction', 'REJECTED'],
  ['UNLOCK_CONNECTOR', unlockResult, 'UnknownConnector', 'FAILED'],
  ['UNLOCK_CONNECTOR', unlockResult, 'toString', 'FAILED'],
] as const)('%s: %p %s is %s (D5-043, D5-046, D5.5)', (_command, resultOf, status, result) => {
  expect(resultOf(answered(status))).toBe(result);
});
