import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RawCharger, realClock, startGateway, type TestGateway, until, wait } from './support/gateway.js';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.ocpp.close());

const charger = (protocol = 'ocpp1.6', station = 'CP1') =>
  new RawCharger(`${gateway.url}/${station}`, [protocol]).open();

const statusCall = (id: unknown, connectorId = 1) => [
  2,
  id,
  'StatusNotification',
  { connectorId, errorCode: 'NoError', status: 'Available' },
];

const start = { connectorId: 1, idTag: 'AB12', meterStart: 10, timestamp: '2026-01-01T10:00:00Z' };

describe('messages that are none', () => {
  test('text that is not JSON is ignored by OCPP 1.6 and journaled (A-078)', async () => {
    const cp = await charger();
    cp.send('{oops');
    expect(await cp.ask([2, 'a', 'Heartbeat', {}])).toEqual([
      3,
      'a',
      { currentTime: '2030-01-01T00:00:00.000Z' },
    ]);
    expect(gateway.edge.noted[0]).toMatchObject({ verdict: 'malformed', raw: '{oops', messageType: null });
  });

  test('text that is not JSON is answered with id -1 by OCPP 2.0.1 (A-078)', async () => {
    const cp = await charger('ocpp2.0.1');
    expect(await cp.ask('{oops')).toEqual([4, '-1', 'RpcFrameworkError', expect.any(String), {}]);
    expect(await cp.ask('{}')).toEqual([4, '-1', 'RpcFrameworkError', expect.any(String), {}]);
  });

  test('an unknown message type is silence on 1.6 and MessageTypeNotSupported on 2.0.1 (A-078, G41)', async () => {
    const old = await charger();
    old.send([7, 'x']);
    expect((await old.ask([2, 'a', 'Heartbeat', {}]))[1]).toBe('a');
    const young = await charger('ocpp2.0.1', 'CP2');
    expect(await young.ask([7, 'x'])).toEqual([4, 'x', 'MessageTypeNotSupported', expect.any(String), {}]);
  });

  test('a CALL without an action is answered under its own id', async () => {
    expect(await (await charger()).ask([2, 'a'])).toEqual([
      4,
      'a',
      'FormationViolation',
      expect.any(String),
      {},
    ]);
    const young = await charger('ocpp2.0.1', 'CP2');
    expect((await young.ask([2, 'a', 5, {}]))[2]).toBe('RpcFrameworkError');
  });

  test('an unreadable answer is never answered', async () => {
    const cp = await charger('ocpp2.0.1');
    cp.send([3]);
    cp.send([4, null]);
    cp.send([3, 'nobody asked', {}]);
    expect((await cp.ask([2, 'a', 'Heartbeat', {}]))[1]).toBe('a');
    expect(gateway.edge.noted.filter((frame) => frame.anomalies.includes('UNKNOWN_MESSAGE_ID'))).toHaveLength(
      1,
    );
  });

  test('a byte order mark and trailing NULs are stripped (A-081)', async () => {
    const cp = await charger();
    expect((await cp.ask(`\uFEFF${JSON.stringify([2, 'a', 'Heartbeat', {}])}\r\n\0`))[0]).toBe(3);
  });

  test('a message of 2 MiB closes the socket with 1009 and the process lives (A-052)', async () => {
    const cp = await charger();
    const closed = cp.closed();
    cp.send(JSON.stringify([2, 'a', 'DataTransfer', { vendorId: 'v', data: 'x'.repeat(2 * 1_048_576) }]));
    expect(await closed).toBe(1009);
    const again = await charger();
    expect((await again.ask([2, 'b', 'Heartbeat', {}]))[0]).toBe(3);
  });

  test('a binary frame is read as UTF-8 text, and closes with 1007 when it is none (A-052)', async () => {
    const cp = await charger();
    cp.socket.send(Buffer.from(JSON.stringify([2, 'a', 'Authorize', { idTag: 'A' }])));
    expect((await cp.next())[0]).toBe(3);
    expect(gateway.edge.inbound('Authorize')[0]?.anomalies).toEqual(['BINARY_FRAME']);
    const closed = cp.closed();
    cp.socket.send(Buffer.from([0xff, 0xfe]));
    expect(await closed).toBe(1007);
  });

  test('a peer that breaks the WebSocket protocol or vanishes ends only its own connection', async () => {
    const cp = await charger();
    const raw = connect(gateway.port, '127.0.0.1');
    raw.write(
      'GET /ocpp/CP2 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n',
    );
    await until(() => gateway.ocpp.connections() === 2);
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    raw.resetAndDestroy();
    await until(() => gateway.ocpp.connections() === 1);
    expect((await cp.ask([2, 'a', 'Heartbeat', {}]))[0]).toBe(3);
  });
});

describe('message ids', () => {
  test('a numeric id is echoed as a number and a long one in full (A-070, Q-13)', async () => {
    const cp = await charger();
    expect((await cp.ask([2, 4711, 'Heartbeat', {}]))[1]).toBe(4711);
    expect((await cp.ask([2, 'x'.repeat(255), 'Heartbeat', {}]))[1]).toBe('x'.repeat(255));
  });

  test.each([
    ['null', [2, '1', 'Heartbeat', null]],
    ['missing', [2, '1', 'Heartbeat']],
    ['an empty list', [2, '1', 'Heartbeat', []]],
  ])('a payload that is %s counts as empty (A-079, Q-14)', async (_title, frame) => {
    expect((await (await charger()).ask(frame))[0]).toBe(3);
  });

  test('a repeated message gets the answer that it got before and is not executed again (A-071)', async () => {
    const cp = await charger();
    const first = await cp.ask([2, 'a', 'StartTransaction', start]);
    expect(await cp.ask([2, 'a', 'StartTransaction', start])).toEqual(first);
    expect(gateway.edge.events).toHaveLength(1);
    expect(gateway.ocpp.counters.duplicates).toBe(1);
    expect(gateway.edge.noted.some((frame) => frame.anomalies.includes('DUPLICATE_MESSAGE'))).toBe(true);
  });

  test('a repeated message is recognised after a reconnect (A-071)', async () => {
    const cp = await charger();
    const first = await cp.ask([2, 'a', 'StartTransaction', start]);
    cp.socket.terminate();
    const again = await charger();
    expect(await again.ask([2, 'a', 'StartTransaction', start])).toEqual(first);
    expect(gateway.edge.events).toHaveLength(1);
  });

  test('the same id with another payload is a new message (A-071)', async () => {
    const cp = await charger();
    await cp.ask([2, 'a', 'StartTransaction', start]);
    await cp.ask([2, 'a', 'StartTransaction', { ...start, meterStart: 11 }]);
    expect(gateway.edge.events).toHaveLength(2);
  });

  test('a charger that boots may count its ids from the start again', async () => {
    const cp = await charger();
    await cp.ask(statusCall('1'));
    await cp.ask([2, '0', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]);
    await cp.ask(statusCall('1'));
    expect(gateway.edge.statuses).toHaveLength(2);
  });
});

describe('order', () => {
  test('50 pipelined calls are answered in order, one at a time (A-073)', async () => {
    let running = 0;
    let most = 0;
    gateway.edge.work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    const cp = await charger();
    for (let i = 0; i < 50; i += 1) cp.send(statusCall(`m${i}`, i));
    await until(() => cp.received.length === 50);
    expect(cp.received.map((text) => JSON.parse(text)[1])).toEqual(
      Array.from({ length: 50 }, (_, i) => `m${i}`),
    );
    expect(gateway.edge.statuses.map((status) => status.evseId)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
    expect(most).toBe(1);
  });

  test('a charger that sends more than the queue holds is slowed down and loses nothing (A-073)', async () => {
    const small = await startGateway({ inboundQueueFrames: 5 });
    small.edge.work = () => new Promise((resolve) => setImmediate(resolve));
    const cp = await new RawCharger(`${small.url}/CP1`).open();
    for (let i = 0; i < 500; i += 1) cp.send(statusCall(`m${i}`, i));
    await until(() => cp.received.length === 500);
    expect(small.edge.statuses).toHaveLength(500);
    await small.ocpp.close();
  });

  test('messages that came before the socket closed are still stored', async () => {
    gateway.edge.work = () => wait(5);
    const cp = await charger();
    for (let i = 0; i < 3; i += 1) cp.send(statusCall(`m${i}`, i));
    cp.socket.close();
    await until(() => gateway.edge.disconnections.length === 1);
    expect(gateway.edge.statuses).toHaveLength(3);
  });
});

describe('what core cannot store', () => {
  test('a billing message is not answered and the socket is closed with 1011 (A-095)', async () => {
    const cp = await charger();
    gateway.edge.failure = new Error('database down');
    const closed = cp.closed();
    cp.send([2, 'a', 'StartTransaction', start]);
    expect(await closed).toBe(1011);
    expect(cp.received).toEqual([]);
    gateway.edge.failure = undefined;
    const again = await charger();
    expect(await again.ask([2, 'a', 'StartTransaction', start])).toEqual([
      3,
      'a',
      { transactionId: 1, idTagInfo: { status: 'Accepted' } },
    ]);
  });

  test('messages behind it are left to the charger to repeat', async () => {
    const cp = await charger();
    gateway.edge.failure = new Error('database down');
    const closed = cp.closed();
    cp.send([2, 'a', 'StartTransaction', start]);
    cp.send([2, 'b', 'Heartbeat', {}]);
    await closed;
    expect(cp.received).toEqual([]);
  });

  test('any other message gets InternalError without inner details (A-080)', async () => {
    const cp = await charger();
    gateway.edge.failure = new Error('password=secret');
    const answer = await cp.ask([2, 'a', 'Authorize', { idTag: 'A' }]);
    expect(answer.slice(0, 3)).toEqual([4, 'a', 'InternalError']);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('a station that cannot be loaded is closed with 1011', async () => {
    gateway.edge.connected = async () => {
      throw new Error('database down');
    };
    const cp = new RawCharger(`${gateway.url}/CP1`);
    expect(await cp.closed()).toBe(1011);
  });
});

describe('a second connection of the same identity', () => {
  test('the newest wins, calls of the old one are lost, and its late close touches nothing (A-053, G38)', async () => {
    const older = await charger();
    const closed = older.closed();
    const call = gateway.ocpp.link.callRaw('CP1', 'ClearCache', {});
    await older.next();
    const newer = await charger();
    expect((await call).kind).toBe('lost');
    expect(await closed).toBe(1001);
    await until(() => gateway.edge.disconnections.length === 1);
    const [first, second] = gateway.edge.connections;
    expect(second?.generation).toBeGreaterThan(first?.generation ?? Number.POSITIVE_INFINITY);
    expect(gateway.edge.disconnections[0]?.generation).toBe(first?.generation);
    expect(gateway.ocpp.link.isConnected('CP1')).toBe(true);
    expect((await newer.ask([2, 'a', 'Heartbeat', {}]))[0]).toBe(3);
  });

  test('an old socket that does not answer the close is cut (A-053)', async () => {
    const older = await charger();
    older.socket.pause();
    await charger();
    expect(gateway.ocpp.connections()).toBe(1);
    await until(() => gateway.edge.disconnections.length === 1);
  });

  test('its messages wait for the one that the old connection began (A-073)', async () => {
    let finish = (): void => {};
    gateway.edge.work = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const older = await charger();
    older.send(statusCall('a', 1));
    await until(() => gateway.ocpp.counters.framesIn === 1);
    const newer = await charger();
    newer.send(statusCall('b', 2));
    await wait(30);
    expect(gateway.edge.connections).toHaveLength(1);
    gateway.edge.work = async () => {};
    finish();
    expect((await newer.next())[1]).toBe('b');
    expect(gateway.edge.statuses.map((status) => status.evseId)).toEqual([1, 2]);
  });

  test('an identity that two devices fight for is throttled (A-054)', async () => {
    for (let i = 0; i < 7; i += 1) await charger();
    await expect(charger()).rejects.toThrow('429');
    expect(gateway.ocpp.connections()).toBe(1);
  });
});

describe('liveness', () => {
  const timed = async (pingIntervalMs: number) => {
    const clock = { ...realClock, shiftMs: 0, now: () => Date.now() + clock.shiftMs };
    const timedGateway = await startGateway({ pingIntervalMs }, clock);
    const cp = await new RawCharger(`${timedGateway.url}/CP1`, ['ocpp1.6'], { autoPong: false }).open();
    await until(() => timedGateway.edge.connections.length === 1);
    return { ...timedGateway, clock, cp };
  };

  test('a charger is pinged, and one that never answers pings stays while it sends anything (A-056, A-057, Q-09)', async () => {
    const { cp, ocpp, clock } = await timed(20);
    let pings = 0;
    cp.socket.on('ping', () => {
      pings += 1;
    });
    await until(() => pings >= 2);
    clock.shiftMs += 440_000;
    await cp.ask([2, 'a', 'Heartbeat', {}]);
    await wait(30);
    expect(ocpp.connections()).toBe(1);
    await ocpp.close();
  });

  test('a charger that is silent altogether is given up after one and a half heartbeats (A-056)', async () => {
    const { ocpp, clock } = await timed(20);
    clock.shiftMs += 460_000;
    await until(() => ocpp.connections() === 0);
    await ocpp.close();
  });
});

describe('before the boot is accepted', () => {
  test('OCPP 2.0.1: everything but the boot is a SecurityError (A-097)', async () => {
    gateway.edge.bootState = undefined;
    const cp = await charger('ocpp2.0.1');
    expect((await cp.ask([2, 'a', 'Heartbeat', {}]))[2]).toBe('SecurityError');
    const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
    expect((await cp.ask([2, 'b', 'BootNotification', boot]))[0]).toBe(3);
    expect((await cp.ask([2, 'c', 'Heartbeat', {}]))[0]).toBe(3);
  });

  test('OCPP 1.6: billing data counts also without a boot; a rejected charger may send nothing else (A-097)', async () => {
    gateway.edge.bootState = undefined;
    const cp = await charger();
    expect((await cp.ask([2, 'a', 'StartTransaction', start]))[0]).toBe(3);
    gateway.edge.bootState = 'Rejected';
    expect((await cp.ask([2, 'b', 'Heartbeat', {}]))[2]).toBe('SecurityError');
    expect((await cp.ask([2, 'c', 'MeterValues', {}]))[0]).toBe(3);
  });
});

describe('the end of the process', () => {
  test('work under way is finished and answered before the sockets close with 1001', async () => {
    gateway.edge.work = () => wait(40);
    const cp = await charger();
    const closed = cp.closed();
    cp.send(statusCall('a'));
    await until(() => gateway.ocpp.counters.framesIn === 1);
    await gateway.ocpp.close({ drainMs: 1_000 });
    expect(await closed).toBe(1001);
    expect(cp.received).toHaveLength(1);
    expect(gateway.edge.disconnections).toHaveLength(1);
  });
});

describe('the journal', () => {
  test('every message is there with its answer, latency and correlation (A-096)', async () => {
    gateway.edge.work = () => wait(3);
    const cp = await charger();
    await cp.ask(statusCall('a'));
    // The answer is {} whatever becomes of the message, so it is stored with it.
    expect(gateway.edge.journaled[0]).toMatchObject({
      stationId: 'CP1',
      direction: 'in',
      messageType: 2,
      messageId: 'a',
      action: 'StatusNotification',
      raw: JSON.stringify(statusCall('a')),
      verdict: 'ok',
      anomalies: [],
      answer: '[3,"a",{}]',
    });
    expect(gateway.edge.noted).toEqual([]);
    await cp.ask([2, 'b', 'Authorize', { idTag: 'CARD' }]);
    await until(() => gateway.edge.noted.length === 1);
    const [answer] = gateway.edge.noted;
    expect(answer).toMatchObject({ direction: 'out', messageType: 3, messageId: 'b', action: 'Authorize' });
    expect(answer?.latencyMs).toBeGreaterThanOrEqual(2);
  });
});
