import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway, until } from './support/gateway.js';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.ocpp.close());

const status = (id: string) => [
  2,
  id,
  'StatusNotification',
  { connectorId: 1, errorCode: 'NoError', status: 'Available' },
];
const idOf = (text: string | undefined) => JSON.parse(text ?? 'null')?.[1];

test('messages behind an Authorize that waits for its eMSP are answered meanwhile (A-073, A-076)', async () => {
  const waiting: (() => void)[] = [];
  gateway.edge.work = (frame) =>
    frame.action === 'Authorize' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
  const cp = await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6']).open();
  cp.send([2, 'a', 'Authorize', { idTag: 'B0B0B0B0' }]);
  cp.send(status('s'));
  await until(() => cp.received.length === 1);
  expect(idOf(cp.received[0])).toBe('s');
  for (const answer of waiting) answer();
  await until(() => cp.received.length === 2);
  expect(idOf(cp.received[1])).toBe('a');
});

test('a charger cannot have any number of them: beyond four the others wait their turn (A-073)', async () => {
  const waiting: (() => void)[] = [];
  gateway.edge.work = (frame) =>
    frame.action === 'Authorize' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
  const cp = await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6']).open();
  for (let i = 0; i < 6; i += 1) cp.send([2, `a${i}`, 'Authorize', { idTag: `CARD${i}` }]);
  await until(() => waiting.length === 5);
  await new Promise((tick) => setTimeout(tick, 30));
  expect(waiting).toHaveLength(5);
  const answered = waiting.splice(0);
  for (const answer of answered) answer();
  await until(() => waiting.length === 1);
  waiting[0]?.();
  await until(() => cp.received.length === 6);
});
