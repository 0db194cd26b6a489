import { describe, expect, test } from '@jest/globals';
import {
  type EventContext,
  foldEvent,
  type Grant,
  isComplete,
  newTransaction,
  type Transaction,
  type TransactionEvent,
} from '../src/index.js';

const AT = Date.UTC(2026, 2, 1, 10);
const GRANT: Grant = {
  partnerId: 'p1',
  cdrToken: { country_code: 'DE', party_id: 'MSP', uid: 'A', type: 'RFID', contract_id: 'C' },
  authMethod: 'WHITELIST',
};

function event(changes: Partial<TransactionEvent>): TransactionEvent {
  return {
    eventType: 'Updated',
    ocppTransactionId: 'T-1',
    at: AT,
    receivedAt: AT,
    offline: false,
    meterValues: [],
    ...changes,
  };
}

function fold(...events: (TransactionEvent | [TransactionEvent, EventContext])[]): Transaction {
  let transaction: Transaction | undefined;
  for (const item of events) {
    const [next, context] = Array.isArray(item) ? item : [item, {}];
    transaction ??= newTransaction({ id: 't', stationId: 'CS', ocppTransactionId: 'T-1' }, next);
    transaction = foldEvent(transaction, next, context);
  }
  return transaction!;
}

const reading = (at: number, value: number) => [{ at, sampledValues: [{ value }] }];

describe('the session begins when a token is accepted and the vehicle is there (D2-010)', () => {
  test('token first, vehicle later', () => {
    const transaction = fold(
      [event({ eventType: 'Started', seqNo: 0, chargingState: 'Idle' }), { grant: GRANT }],
      event({ seqNo: 1, at: AT + 22_000, chargingState: 'EVConnected' }),
    );
    expect(transaction.activeAt).toBe(AT + 22_000);
  });

  test('vehicle first, token later', () => {
    const transaction = fold(event({ eventType: 'Started', seqNo: 0, triggerReason: 'CablePluggedIn' }), [
      event({ seqNo: 1, at: AT + 30_000 }),
      { grant: GRANT },
    ]);
    expect(transaction.activeAt).toBe(AT + 30_000);
  });

  test('a refused token begins nothing', () => {
    const transaction = fold([
      event({ eventType: 'Started', chargingState: 'EVConnected' }),
      { refused: true },
    ]);
    expect(transaction.activeAt).toBeUndefined();
    expect(transaction.refused).toBe(true);
  });
});

test('what is told once is not overwritten by its absence or by a later value (C-051)', () => {
  const transaction = fold(
    event({ eventType: 'Started', evseId: 1, connectorId: 2, idToken: { idToken: 'A', type: 'ISO14443' } }),
    event({ evseId: 7 }),
    event({ idToken: { idToken: 'B', type: 'ISO14443' } }),
  );
  expect(transaction).toMatchObject({ evseId: 1, connectorId: 2, idToken: { idToken: 'A' } });
});

test('the starter pays, and a later grant of the same partner only brings its reference (D2-007, D2-009)', () => {
  const transaction = fold(
    [event({ eventType: 'Started', chargingState: 'Charging' }), { grant: GRANT }],
    [event({}), { grant: { ...GRANT, authorizationReference: 'AR-2' } }],
    [event({}), { grant: { ...GRANT, partnerId: 'p2', authorizationReference: 'AR-9' } }],
  );
  expect(transaction.grant).toEqual({ ...GRANT, authorizationReference: 'AR-2' });
});

test('samples and states are in their own order of time, however they arrive (D2-071)', () => {
  const transaction = fold(
    event({ eventType: 'Started', seqNo: 0 }),
    event({ seqNo: 2, at: AT + 20_000, chargingState: 'SuspendedEV', meterValues: reading(AT + 20_000, 2) }),
    event({ seqNo: 1, at: AT + 10_000, chargingState: 'Charging', meterValues: reading(AT + 10_000, 1) }),
  );
  expect(transaction.states.map(({ state }) => state)).toEqual(['Charging', 'SuspendedEV']);
  expect(transaction.seqRanges).toEqual([[0, 2]]);
});

describe('an ended transaction is complete when no sequence number is missing (C-052)', () => {
  const started = event({ eventType: 'Started', seqNo: 3 });
  const ended = event({ eventType: 'Ended', seqNo: 6, stoppedReason: 'EVDisconnected' });

  test('all are there, in any order', () => {
    const updates = [event({ seqNo: 5 }), event({ seqNo: 4 })];
    expect(isComplete(fold(ended, ...updates, started))).toBe(true);
  });
  test('one is missing', () => expect(isComplete(fold(started, event({ seqNo: 5 }), ended))).toBe(false));
  test('the start is missing', () => expect(isComplete(fold(ended))).toBe(false));
  test('it has not ended', () => expect(isComplete(fold(started))).toBe(false));
  test('a protocol without sequence numbers knows no gaps', () => {
    expect(isComplete(fold(event({ eventType: 'Started' }), event({ eventType: 'Ended' })))).toBe(true);
  });
});
