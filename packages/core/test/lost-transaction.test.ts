import { expect, test } from '@jest/globals';
import { foldEvent, newTransaction } from '@roambridge/domain';
import type { OpenTransaction, StationAggregate } from '../src/stations/aggregate.js';
import { UNKNOWN_TRAITS } from '../src/stations/aggregate.js';
import { expectedLoss } from '../src/transactions/lost-transaction.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WAIT = 15 * MINUTE;
const HEARD = Date.UTC(2026, 2, 1, 10);

function open(): OpenTransaction {
  const event = {
    eventType: 'Started' as const,
    ocppTransactionId: '1',
    at: HEARD,
    receivedAt: HEARD,
    offline: false,
    evseId: 1,
    connectorId: 1,
    meterValues: [],
  };
  const identity = { id: 't', stationId: 'CS', ocppTransactionId: '1' };
  return { transaction: foldEvent(newTransaction(identity, event), event), seen: new Set(), projectedAt: 0 };
}

interface Seen {
  bootAt?: number;
  /** When connector 1 was last reported free. */
  freeAt?: number;
  connectedAt?: number | null;
  resumes?: boolean;
}

function station({ bootAt, freeAt, connectedAt = HEARD - DAY, resumes = false }: Seen): StationAggregate {
  const boot =
    bootAt === undefined
      ? {}
      : { boot: { vendor: 'V', model: 'M', at: bootAt, status: 'Accepted' as const } };
  const connector = (connectorId: number, status: 'Available' | 'Occupied', at: number) => ({
    evseId: connectorId,
    connectorId,
    status,
    rawStatus: status,
    at,
    receivedAt: at,
  });
  return {
    station: { id: 'CS', securityProfile: 1, createdAt: 0 },
    state: {
      ...boot,
      connectors: [
        connector(1, freeAt === undefined ? 'Occupied' : 'Available', freeAt ?? HEARD),
        connector(2, 'Available', HEARD + DAY),
      ],
      remoteStartId: 0,
    },
    ...(connectedAt === null
      ? {}
      : { connection: { since: connectedAt, traits: { ...UNKNOWN_TRAITS, resumesTransactions: resumes } } }),
  } as unknown as StationAggregate;
}

const loss = (seen: Seen) => {
  const { reason, at } = expectedLoss(station(seen), open(), WAIT);
  return [reason, (at - HEARD) / MINUTE];
};
const WEEK = ['silence', (7 * DAY) / MINUTE];

test('a boot gives the charger fifteen minutes on line to deliver the end (D3-040 b)', () => {
  expect(loss({ bootAt: HEARD + 5 * MINUTE })).toEqual(['boot', 20]);
  // It came back after the boot was told: its time begins with the connection.
  expect(loss({ bootAt: HEARD + 5 * MINUTE, connectedAt: HEARD + 40 * MINUTE })).toEqual(['boot', 55]);
  // What was heard of the transaction after the boot shows that it goes on.
  expect(loss({ bootAt: HEARD - MINUTE })).toEqual(WEEK);
});

test('a connector that is free tells the same, the one of another EVSE nothing (D3-040 c)', () => {
  expect(loss({ freeAt: HEARD + 10 * MINUTE })).toEqual(['available', 25]);
  expect(loss({})).toEqual(WEEK);
});

test('a station that is away may be charging: only a week of silence ends its transaction (D3-040 d, f)', () => {
  expect(loss({ bootAt: HEARD + MINUTE, freeAt: HEARD + MINUTE, connectedAt: null })).toEqual(WEEK);
});

test('where transactions go on after a boot, only a free connector tells that it did not (D3-041)', () => {
  expect(loss({ bootAt: HEARD + 5 * MINUTE, resumes: true })).toEqual(WEEK);
  const free = { bootAt: HEARD + 5 * MINUTE, freeAt: HEARD + 6 * MINUTE };
  expect(loss({ ...free, resumes: true })).toEqual(['available', 21]);
});
