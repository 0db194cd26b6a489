import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnsweringCharger, answeringCharger, boot } from './support/answering-charger.js';
import { eventually, pause } from './support/eventually.js';
import { frozenLine } from './support/frozen-line.js';
import { duration, quickest } from './support/quickest.js';
import { StormCharger } from './support/storm-charger.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { type Attempt, statusOf } from './support/upgrade.js';

const PASSWORD = 'correct-horse-battery';
/** STORM_STATIONS=5000 plays the storm of A.8 in full. */
const STORM = Number(process.env.STORM_STATIONS ?? 1_000);
const STORM_LIMIT_MS = 60_000;
/** Long before the old socket is cut. */
const AT_ONCE_MS = 1_500;
const AT_A_TIME = 25;

let world: TestGateway;
const open: AnsweringCharger[] = [];

beforeAll(async () => {
  world = await startTestGateway();
});

afterAll(async () => {
  for (const { socket } of open) socket.terminate();
  await world?.stop();
});

const enter = (id: string) =>
  world.operator.put(`/stations/${id}`, { security_profile: 1, password: PASSWORD });
const attempt = (id: string, port?: number): Attempt => {
  const url = new URL(`${world.gateway.urls.ocpp}${id}`);
  if (port !== undefined) url.port = String(port);
  return { url: String(url), user: id, password: PASSWORD };
};
const send = (id: string, action: string, payload: object) =>
  world.operator.post(`/stations/${id}/ocpp/${action}`, payload);

async function connect(
  how: Attempt,
  answer: Parameters<typeof answeringCharger>[1] = () => ({ status: 'Accepted' }),
): Promise<AnsweringCharger> {
  const charger = await answeringCharger(how, answer);
  open.push(charger);
  await boot(charger, 'SN');
  return charger;
}

test('who cannot prove to be the station never disturbs its connection (A-053, S3)', async () => {
  await enter('SHADOWED');
  const charger = await connect(attempt('SHADOWED'));
  const { connected_since } = await world.operator.get('/stations/SHADOWED');
  const intruders: Promise<number>[] = [];
  for (let n = 0; n < 200; n += 1) {
    intruders.push(statusOf({ ...attempt('SHADOWED'), password: `guess-${n}` }));
  }
  const statuses = new Set(await Promise.all(intruders));
  expect([...statuses].filter((status) => status !== 401 && status !== 429)).toEqual([]);
  expect(charger.socket.readyState).toBe(charger.socket.OPEN);
  expect(await send('SHADOWED', 'ClearCache', {})).toMatchObject({ outcome: 'result' });
  expect(await world.operator.get('/stations/SHADOWED')).toMatchObject({ connected: true, connected_since });
});

test('a station whose old socket is half open is served at once by its new one (A-053, S3)', async () => {
  await enter('HALF');
  const line = await frozenLine(Number(new URL(world.gateway.urls.ocpp).port));
  const goes = async () => {
    const deaf = await connect(attempt('HALF', line.port));
    line.freeze();
    const lost = send('HALF', 'ClearCache', {});
    const served = await duration(async () => {
      const alive = await connect(attempt('HALF'));
      expect(await send('HALF', 'ClearCache', {})).toMatchObject({ outcome: 'result' });
      expect([deaf.calls.length, alive.calls.length]).toEqual([0, 1]);
    });
    // The call that went into the void ends when the new socket takes over, not at its timeout.
    expect(await lost).toMatchObject({ outcome: 'error', error: { code: 'ConnectionLost' } });
    return served;
  };
  expect(await quickest(AT_ONCE_MS, goes)).toBeLessThan(AT_ONCE_MS);
  // The old one is cut after two seconds; its end touches nothing.
  await pause(2_300);
  expect(await world.operator.get('/stations/HALF')).toMatchObject({ connected: true });
  expect(await send('HALF', 'ClearCache', {})).toMatchObject({ outcome: 'result' });
  await line.close();
});

test('an answer that comes on the new socket for a call of the old one settles nothing twice (A-074, A-075)', async () => {
  await enter('CROSSING');
  let asked: string | undefined;
  const old = await connect(attempt('CROSSING'), () => undefined);
  old.socket.on('message', (data) => {
    const [type, id, action] = JSON.parse(String(data));
    if (type === 2 && action === 'ClearCache') asked = id;
  });
  const call = send('CROSSING', 'ClearCache', {});
  const id = await eventually('the call', () => asked);
  const reborn = await connect(attempt('CROSSING'));
  expect(await call).toMatchObject({ outcome: 'error', error: { code: 'ConnectionLost' }, message_id: id });
  reborn.socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
  expect(await send('CROSSING', 'ClearCache', {})).toMatchObject({ outcome: 'result' });
  const frames = await world.operator.list('/stations/CROSSING/frames');
  const answers = frames.filter((frame) => frame.message_id === id && frame.direction === 'in');
  expect(answers).toHaveLength(1);
  expect(old.socket.readyState).not.toBe(old.socket.OPEN);
});

test('two devices with one identity are told apart from a station that comes back (A-054)', async () => {
  await enter('TWINS');
  for (let n = 0; n < 7; n += 1) await connect(attempt('TWINS'));
  expect(await statusOf(attempt('TWINS'))).toBe(429);
  const [listed] = (await world.operator.list('/unknown-stations')).filter(({ id }) => id === 'TWINS');
  expect(listed).toMatchObject({
    provisioned: true,
    reason: 'two devices use this identity and replace each other',
  });
  const about = (await world.operator.list('/attention')).filter(({ subject }) => subject === 'TWINS');
  expect(about).toMatchObject([{ kind: 'identity-conflict' }]);
  expect(await world.operator.get('/stations/TWINS')).toMatchObject({ connected: true });
});

test('a web page opens no station that proves nothing (S14)', async () => {
  await world.operator.put('/stations/LAB', { security_profile: 0 });
  const { url } = attempt('LAB');
  const page = { origin: 'https://evil.example', 'sec-fetch-mode': 'websocket' };
  expect(await statusOf({ url })).toBe(101);
  expect(await statusOf({ url, headers: page })).toBe(403);
  expect(await statusOf({ url, headers: { cookie: 'roambridge_console=x' } })).toBe(403);
  // Some chargers send an Origin; it says nothing where a password has to.
  expect(await statusOf({ url, headers: { origin: 'null' } })).toBe(403);
  await enter('ORIGIN');
  expect(await statusOf({ ...attempt('ORIGIN'), headers: { origin: 'http://10.0.0.9' } })).toBe(101);
  expect(await statusOf({ ...attempt('ORIGIN'), headers: page })).toBe(403);
});

test(`${STORM} stations that reconnect at once lose nothing, and no call is answered twice (A-058)`, async () => {
  const ids = Array.from({ length: STORM }, (_, n) => `STORM-${n}`);
  const { operator } = world.gateway.core;
  for (let at = 0; at < STORM; at += AT_A_TIME) {
    const some = ids.slice(at, at + AT_A_TIME);
    await Promise.all(some.map((id) => operator.putStation({ id, security_profile: 0 })));
  }
  const url = world.gateway.urls.ocpp;
  const fleet = ids.map((id) => new StormCharger(id));
  const startedAt = new Date(Date.now() - 600_000).toISOString();
  const stoppedAt = new Date(Date.now() - 60_000).toISOString();
  for (const charger of fleet) {
    charger.queue('boot', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    charger.queue('start', 'StartTransaction', {
      connectorId: 1,
      idTag: 'CARD',
      meterStart: 1_000,
      timestamp: startedAt,
    });
  }
  // Every second line breaks while the boot is on its way or its answer is; the others when both are answered.
  await Promise.all(
    fleet.map(async (charger, n) => {
      await charger.connect(url);
      if (n % 2 === 1) await charger.drained();
      charger.cut();
    }),
  );
  expect(fleet.filter(({ answers }) => answers.size === 0).length).toBe(Math.ceil(STORM / 2));
  const began = Date.now();
  await Promise.all(fleet.map((charger) => charger.connect(url)));
  await Promise.all(fleet.map((charger) => charger.drained()));
  for (const charger of fleet) {
    const { transactionId } = charger.received.get('start') ?? {};
    charger.queue('stop', 'StopTransaction', { transactionId, meterStop: 3_500, timestamp: stoppedAt });
  }
  await Promise.all(fleet.map((charger) => charger.drained()));
  expect(Date.now() - began).toBeLessThan(STORM_LIMIT_MS);
  for (const charger of fleet) {
    expect(Object.fromEntries(charger.answers)).toEqual({ boot: 1, start: 1, stop: 1 });
  }
  const given = new Set(fleet.map((charger) => charger.received.get('start')?.transactionId));
  expect(given.size).toBe(STORM);
  const recorded = (await world.operator.list('/transactions')).filter(({ station_id }) =>
    String(station_id).startsWith('STORM-'),
  );
  expect(recorded.length).toBe(STORM);
  expect(recorded.filter(({ open: running, energy_wh }) => running || energy_wh !== 2_500)).toEqual([]);
  for (const charger of fleet) charger.cut();
});

test('a drained gateway closes every socket with 1001, and they come back without a boot (A-058, A-059)', async () => {
  await enter('DRAINED');
  const charger = await connect(attempt('DRAINED'));
  const closed = once(charger.socket, 'close');
  await world.down();
  expect((await closed)[0]).toBe(1001);
  await world.up();
  // without a boot it is served at once, since it was accepted before.
  const again = await answeringCharger(attempt('DRAINED'), () => ({}));
  open.push(again);
  const answer = once(again.socket, 'message');
  again.socket.send('[2,"m","MeterValues",{"connectorId":1,"meterValue":[]}]');
  expect(JSON.parse(String((await answer)[0]))).toEqual([3, 'm', {}]);
});
