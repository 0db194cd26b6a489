import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Evse, Location, Token } from '@roambridge/domain';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { Partner, StationRequest } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const OWNER = { country_code: 'DE', party_id: 'RBG' };
const ALL = ['REMOTE_START_STOP_CAPABLE', 'RESERVABLE', 'UNLOCK_CAPABLE'];

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;
let partner: Partner;
let location: Location;
const asked: StationRequest[] = [];
let answer = 'Accepted';
let online = true;
let features = '';
/** The charger answers when this is done. */
let held = Promise.resolve();
let commands = 0;

beforeAll(async () => {
  running = await startCore(undefined, {
    clock,
    station: {
      isConnected: () => online,
      configurations: {
        read: async () => ({
          values: { SupportedFeatureProfiles: { value: features, readonly: true } },
          unknownKeys: [],
        }),
        set: async () => 'no-answer',
      },
      async call(_station, request) {
        if (request.kind !== 'trigger-status') asked.push(request);
        await held;
        return { kind: 'result', messageId: 'm', payload: { status: answer } };
      },
    },
  });
  [partner] = (await running.store.partners.list()) as [Partner];
  location = (await running.store.locations.get({ ...OWNER, id: 'L1' })) as Location;
  const [evse] = location.evses as [Evse];
  const at = (uid: string, evse_id: number, more: Partial<Evse> = {}): Evse => ({
    ...evse,
    uid,
    capabilities: ALL,
    ocpp: { station_id: 'CS-1', evse_id },
    ...more,
  });
  const { capabilities: _, ...derived } = at('E4', 4);
  location = {
    ...location,
    evses: [
      at('E1', 1),
      at('E2', 2),
      at('E3', 3, { capabilities: ['RFID_READER'] }),
      derived,
      at('E5', 5, { status: 'PLANNED' }),
    ],
  };
  await running.core.operator.putLocation(location);
  await pass(20 * SECOND);
});

afterAll(() => running.stop());

beforeEach(async () => {
  await pass(SECOND);
  answer = 'Accepted';
  online = true;
  asked.length = 0;
  running.told.length = 0;
});

async function settle(): Promise<void> {
  for (let steps = 0; steps < 3; steps += 1) {
    await running.core.idle();
    await new Promise<void>((turned) => setImmediate(turned));
  }
  await running.core.idle();
}

async function pass(ms: number): Promise<void> {
  await settle();
  await clock.moveTo(clock.now() + ms, settle);
}

const token = (changes: Partial<Token> = {}): Token => ({
  country_code: 'NL',
  party_id: 'MSP',
  uid: 'CARD',
  type: 'RFID',
  contract_id: 'NL-MSP-1',
  issuer: 'eMSP',
  valid: true,
  whitelist: 'ALWAYS',
  last_updated: '2026-03-01T00:00:00Z',
  ...changes,
});

function response_url(): string {
  commands += 1;
  return `http://localhost/${commands}`;
}

function start(changes: object = {}) {
  const request = {
    response_url: response_url(),
    token: token(),
    location_id: 'L1',
    evse_uid: 'E1',
    ...changes,
  };
  return running.core.partner.startSession(partner, request, 'c');
}

function reserve(changes: object = {}) {
  const request = {
    response_url: response_url(),
    token: token(),
    expiry_date: new Date(clock.now() + 30 * MINUTE).toISOString(),
    reservation_id: `R-${commands}`,
    location_id: 'L1',
    evse_uid: 'E1',
    ...changes,
  };
  return running.core.partner.reserveNow(partner, request, 'c');
}

function stop(session_id: string) {
  return running.core.partner.stopSession(partner, { response_url: response_url(), session_id }, 'c');
}

function unlock(evse_uid = 'E1') {
  const request = { response_url: response_url(), location_id: 'L1', evse_uid, connector_id: '1' };
  return running.core.partner.unlockConnector(partner, request, 'c');
}

function status(evseId: number, of: 'Available' | 'Occupied' | 'Faulted'): Promise<void> {
  const at = clock.now();
  const report = { evseId, connectorId: 1, status: of, rawStatus: of, at };
  return running.core.charger.reportStatus('CS-1', report, { ...frame('StatusNotification'), at });
}

function event(members: Record<string, unknown>) {
  const at = clock.now();
  const known = { at, receivedAt: at, offline: false, connectorId: 1, meterValues: [], ...members };
  return running.core.charger.recordTransactionEvent('CS-1', known as never, frame('event'));
}

const sessions = async () => (await running.store.sessions.page({ limit: 20 })).items;
const results = () =>
  running.told.flatMap((notice) => (notice.kind === 'command-result' ? [notice.result] : []));

describe('START_SESSION', () => {
  test('goes where the EVSE announces it, and nowhere else (CO-22, D5-002)', async () => {
    expect(await start({ evse_uid: 'E3' })).toMatchObject({ result: 'NOT_SUPPORTED' });
    expect(await start()).toMatchObject({ result: 'ACCEPTED', timeoutSeconds: 40 });
    await pass(SECOND);
    expect(asked).toMatchObject([{ kind: 'start-transaction', evseId: 1 }]);
    expect(results()).toEqual(['ACCEPTED']);
  });

  test('is taken by an EVSE that was entered without capabilities: they follow from what it is (D1-005)', async () => {
    const stored = await running.store.locations.get({ ...OWNER, id: 'L1' });
    const capabilities = stored?.evses.map((evse) => evse.capabilities);
    expect(capabilities?.[3]).toEqual(['REMOTE_START_STOP_CAPABLE', 'TOKEN_GROUP_CAPABLE', 'UNLOCK_CAPABLE']);
    expect(capabilities?.[2]).toEqual(['RFID_READER']);
    expect(await start({ evse_uid: 'E4' })).toMatchObject({ result: 'ACCEPTED' });
    expect(await reserve({ evse_uid: 'E4' })).toMatchObject({ result: 'NOT_SUPPORTED' });
  });

  test('finds what the charger told that it can do, where the operator left that open (D1-005)', async () => {
    const capable = async () =>
      (await running.store.locations.get({ ...OWNER, id: 'L1' }))?.evses.map(({ capabilities }) =>
        ['RESERVABLE', 'CHARGING_PROFILE_CAPABLE'].filter((each) => capabilities?.includes(each)),
      );
    const tell = async (requestId: number, enabled: boolean) => {
      const variables = ['ReservationCtrlr', 'SmartChargingCtrlr'].map((name) => ({
        component: { name },
        variable: { name: 'Enabled' },
        attributes: [{ type: 'Actual' as const, value: String(enabled), at: clock.now() }],
      }));
      const part = { kind: 'inventory' as const, requestId, seqNo: 0, last: true, items: [], variables };
      await running.core.charger.reportPart('CS-1', part, frame('NotifyReport'));
      await pass(SECOND);
    };
    const before = await capable();
    await tell(1, true);
    expect((await capable())?.[3]).toEqual(['RESERVABLE', 'CHARGING_PROFILE_CAPABLE']);
    expect(running.told).toContainEqual(expect.objectContaining({ kind: 'location' }));
    expect((await capable())?.toSpliced(3, 1)).toEqual(before?.toSpliced(3, 1));
    expect(await reserve({ evse_uid: 'E4', reservation_id: 'DERIVED' })).toMatchObject({
      result: 'ACCEPTED',
    });
    await pass(SECOND);
    const cancel = { response_url: response_url(), reservation_id: 'DERIVED' };
    await running.core.partner.cancelReservation(partner, cancel, 'c');
    await tell(2, false);
    expect(await capable()).toEqual(before);
  });

  test('finds the feature profiles that a charger names in its configuration (D1-005, B-050)', async () => {
    features = 'Core, Reservation';
    await running.core.operator.putStation({
      id: 'CS-6',
      security_profile: 1,
      password: 'a-long-enough-password',
    });
    const [evse] = location.evses as [Evse];
    const { capabilities: _, ...open } = { ...evse, uid: 'E6', ocpp: { station_id: 'CS-6', evse_id: 1 } };
    await running.core.operator.putLocation({ ...location, id: 'L6', evses: [open] });
    await running.core.charger.connected({ ...connection(1), stationId: 'CS-6' });
    const boot = { ...frame('BootNotification'), stationId: 'CS-6' };
    await running.core.charger.boot('CS-6', { vendor: 'V', model: 'M' }, boot);
    await pass(5 * SECOND);
    const stored = await running.store.locations.get({ ...OWNER, id: 'L6' });
    expect(stored?.evses[0]?.capabilities).toContain('RESERVABLE');
    expect(stored?.evses[0]?.capabilities).not.toContain('CHARGING_PROFILE_CAPABLE');
  });

  test('is refused for what is not known, not in operation or away (CO-23, D5-011)', async () => {
    const unknown = { result: 'REJECTED', unknownLocation: true };
    expect(await start({ location_id: 'L9' })).toMatchObject(unknown);
    expect(await start({ evse_uid: 'E9' })).toMatchObject(unknown);
    expect(await start({ connector_id: '9' })).toMatchObject(unknown);
    expect(await start({ evse_uid: 'E5' })).toMatchObject({
      result: 'REJECTED',
      message: 'the EVSE is PLANNED',
    });
    online = false;
    expect(await start()).toMatchObject({ result: 'REJECTED', message: 'charge point offline' });
    expect(asked).toEqual([]);
  });

  test('goes to a free EVSE where none is named, and to a faulted one that is (D5-011, D5-012, CO-14)', async () => {
    await status(1, 'Faulted');
    await status(2, 'Available');
    await pass(SECOND);
    await start({ evse_uid: undefined });
    await pass(SECOND);
    await start();
    await pass(SECOND);
    expect(asked).toMatchObject([{ evseId: 2 }, { evseId: 1 }]);
    await status(1, 'Available');
  });

  test('carries a token that nobody knows or that is invalid, which is not stored, and counts for 15 minutes (D5-010, CO-10, CO-12)', async () => {
    await start({ token: token({ uid: 'STRANGE', valid: false, whitelist: 'NEVER' }) });
    await pass(SECOND);
    expect(asked).toMatchObject([{ idToken: { idToken: 'STRANGE' } }]);
    expect(await running.store.tokens.findByUid('STRANGE')).toEqual([]);
    const ask = () =>
      running.core.charger.authorize(
        'CS-1',
        { idToken: { idToken: 'STRANGE', type: 'unknown' }, evseId: 1 },
        frame('Authorize'),
      );
    // D5-019, CO-11: the charger that asks is told yes, for 15 minutes.
    expect((await ask()).status).toBe('Accepted');
    await pass(16 * MINUTE);
    expect((await ask()).status).not.toBe('Accepted');
  });

  test('has a number of its own each time, kept before it is sent (D5-013)', async () => {
    await start();
    await start();
    await pass(SECOND);
    const numbers = asked.flatMap((request) => ('remoteStartId' in request ? [request.remoteStartId] : []));
    expect(numbers[1]).toBe(Number(numbers[0]) + 1);
    const [snapshot] = await running.store.stations.snapshots(['CS-1']);
    expect(snapshot?.state.remoteStartId).toBe(numbers[1]);
  });

  test('that nobody follows leads to nothing more (D5-018)', async () => {
    await start({ token: token({ uid: 'APP', type: 'APP_USER' }) });
    await pass(SECOND);
    running.told.length = 0;
    await pass(20 * MINUTE);
    expect(running.told).toEqual([]);
  });

  test('that timed out still makes the session a COMMAND when it comes (D5-015, D5-017)', async () => {
    await start({
      token: token({ uid: 'LATE', type: 'APP_USER', whitelist: 'NEVER' }),
      authorization_reference: 'AR-9',
    });
    await pass(SECOND);
    const [request] = asked as [Extract<StationRequest, { kind: 'start-transaction' }>];
    await pass(4 * MINUTE);
    await event({
      eventType: 'Started',
      naturalKey: 'late',
      evseId: 1,
      idToken: request.idToken,
      meterStartWh: 0,
    });
    await pass(SECOND);
    const [record] = await sessions();
    expect(record?.session).toMatchObject({ auth_method: 'COMMAND', authorization_reference: 'AR-9' });
  });
});

describe('STOP_SESSION', () => {
  test('ends what runs; what is over, unknown or a reservation is refused (D5-030, D5-032, CO-15)', async () => {
    expect(await stop('nobody')).toMatchObject({ result: 'UNKNOWN_SESSION' });
    const [record] = await sessions();
    const id = String(record?.session.id);
    expect(await stop(id)).toMatchObject({ result: 'ACCEPTED' });
    await pass(SECOND);
    expect(asked).toMatchObject([{ kind: 'stop-transaction' }]);
    const [request] = asked as [Extract<StationRequest, { kind: 'stop-transaction' }>];
    await event({
      eventType: 'Ended',
      ocppTransactionId: request.ocppTransactionId,
      evseId: 1,
      meterStopWh: 500,
    });
    await pass(SECOND);
    expect(await stop(id)).toMatchObject({ result: 'REJECTED', message: 'the session is COMPLETED' });
    await reserve();
    await pass(SECOND);
    const [reserved] = await sessions();
    expect(await stop(String(reserved?.session.id))).toMatchObject({
      result: 'REJECTED',
      message: expect.stringContaining('use CANCEL_RESERVATION'),
    });
  });

  test('refused by a charger whose transaction ended meanwhile is done (D5-031)', async () => {
    const { ocppTransactionId } = await event({
      eventType: 'Started',
      naturalKey: 'meanwhile',
      evseId: 2,
      idToken: { idToken: 'CARD', type: 'unknown' },
      meterStartWh: 0,
    });
    await pass(SECOND);
    const [record] = await sessions();
    answer = 'Rejected';
    let goOn = () => {};
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    await stop(String(record?.session.id));
    await event({ eventType: 'Ended', ocppTransactionId, evseId: 2, meterStopWh: 10 });
    goOn();
    await pass(SECOND);
    expect(results()).toEqual(['ACCEPTED']);
  });
});

describe('RESERVE_NOW', () => {
  test('is refused for a time that is over or too far ahead (D5-042)', async () => {
    const at = (ms: number) => ({ expiry_date: new Date(clock.now() + ms).toISOString() });
    expect(await reserve(at(0))).toMatchObject({ result: 'REJECTED', message: 'expiry_date is over' });
    expect(await reserve(at(2 * 60 * MINUTE + SECOND))).toMatchObject({ result: 'REJECTED' });
    expect(await reserve(at(2 * 60 * MINUTE))).toMatchObject({ result: 'ACCEPTED' });
    await pass(SECOND);
  });

  test('without an EVSE takes one that can be reserved, under a number of ours (D5-040, D5-041, CO-17)', async () => {
    await reserve({ evse_uid: undefined, reservation_id: 'MINE' });
    await pass(SECOND);
    expect(asked).toMatchObject([{ kind: 'reserve-now', evseId: expect.any(Number) }]);
    const [request] = asked as [Extract<StationRequest, { kind: 'reserve-now' }>];
    expect(Number.isInteger(request.reservationId)).toBe(true);
    expect(request.evseId).not.toBe(3);
  });
});

describe('UNLOCK_CONNECTOR', () => {
  test("is taken for the own driver's session and for an idle EVSE, not for another's (D5-050)", async () => {
    answer = 'Unlocked';
    expect(await unlock('E2')).toMatchObject({ result: 'ACCEPTED' });
    await event({
      eventType: 'Started',
      naturalKey: 'unlock',
      evseId: 2,
      idToken: { idToken: 'CARD', type: 'unknown' },
      meterStartWh: 0,
    });
    await pass(SECOND);
    expect(await unlock('E2')).toMatchObject({ result: 'ACCEPTED' });
    const request = { response_url: response_url(), location_id: 'L1', evse_uid: 'E2', connector_id: '1' };
    const stranger = { ...partner, id: 'another' };
    expect(await running.core.partner.unlockConnector(stranger, request, 'c')).toMatchObject({
      result: 'REJECTED',
    });
    expect(await unlock('E3')).toMatchObject({ result: 'NOT_SUPPORTED' });
    await pass(SECOND);
    expect(results()).toEqual(['ACCEPTED', 'ACCEPTED']);
  });
});
