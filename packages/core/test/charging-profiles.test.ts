import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChargingProfile, Location, Tariff } from '@roambridge/domain';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { CallOutcome, CompositeSchedule, Partner, StationRequest } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const OWNER = { country_code: 'DE', party_id: 'RBG' };

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;
let partner: Partner;
/** What the charger was asked, how it answers, and what it says that it applies. */
const asked: StationRequest[] = [];
let answer: CallOutcome | string;
let applied: CompositeSchedule | undefined;
let online = true;
let turn = 0;
let session: string;
let transaction: string;
let generation = 1;

beforeAll(async () => {
  running = await startCore(undefined, {
    clock,
    station: {
      isConnected: () => online,
      async call(_station, request) {
        asked.push(request);
        if (typeof answer !== 'string') return answer;
        const result = { kind: 'result', messageId: 'm', payload: { status: answer } } as const;
        return request.kind === 'get-composite-schedule' && applied
          ? { ...result, payload: { status: 'Accepted' }, schedule: applied }
          : result;
      },
    },
  });
  [partner] = (await running.store.partners.list()) as [Partner];
  const location = (await running.store.locations.get({ ...OWNER, id: 'L1' })) as Location;
  const [evse] = location.evses as [Location['evses'][number]];
  const capabilities = ['CHARGING_PROFILE_CAPABLE', 'CHARGING_PREFERENCES_CAPABLE'];
  const tariff = (await running.store.tariffs.get({ ...OWNER, id: 'T1' })) as Tariff;
  for (const type of ['PROFILE_CHEAP', 'PROFILE_FAST']) {
    await running.core.operator.putTariff({ ...tariff, id: type, type });
  }
  const [connector] = evse.connectors as [(typeof evse.connectors)[number]];
  const tariff_ids = ['T1', 'PROFILE_CHEAP', 'PROFILE_FAST'];
  await running.core.operator.putLocation({
    ...location,
    evses: [
      { ...evse, capabilities, connectors: [{ ...connector, tariff_ids }] },
      { ...evse, uid: 'E2', capabilities: [], ocpp: { station_id: 'CS-1', evse_id: 2 } },
    ],
  });
});

afterAll(() => running.stop());

beforeEach(async () => {
  answer = 'Accepted';
  applied = undefined;
  online = true;
  asked.length = 0;
  running.told.length = 0;
  turn += 1;
  ({ session, transaction } = await startedAt(1));
});

async function pass(ms: number): Promise<void> {
  await settle();
  await clock.moveTo(clock.now() + ms, settle);
}

/** A command goes to the charger, and its result to the partner, in a few steps. */
async function settle(): Promise<void> {
  for (let steps = 0; steps < 3; steps += 1) {
    await running.core.idle();
    await new Promise<void>((turned) => setImmediate(turned));
  }
  await running.core.idle();
}

async function startedAt(evseId: number): Promise<{ session: string; transaction: string }> {
  const at = clock.now();
  const { ocppTransactionId } = await running.core.charger.recordTransactionEvent(
    'CS-1',
    {
      eventType: 'Started',
      naturalKey: `${evseId}|${turn}`,
      at,
      receivedAt: at,
      offline: false,
      evseId,
      connectorId: 1,
      idToken: { idToken: 'CARD', type: 'unknown' },
      meterStartWh: 1_000,
      meterValues: [],
    },
    frame('StartTransaction'),
  );
  await pass(SECOND);
  const { items } = await running.store.sessions.page({ limit: 1 });
  return { session: items[0]!.session.id, transaction: ocppTransactionId };
}

async function metered(currentA: number): Promise<void> {
  const at = clock.now();
  const phases = ['L1', 'L2', 'L3'];
  await running.core.charger.recordTransactionEvent(
    'CS-1',
    {
      eventType: 'Updated',
      ocppTransactionId: transaction,
      at,
      receivedAt: at,
      offline: false,
      meterValues: [
        {
          at,
          sampledValues: phases.map((phase) => ({
            value: String(currentA),
            measurand: 'Current.Import',
            unit: 'A',
            phase,
          })),
        },
      ],
    },
    frame('MeterValues'),
  );
}

const LIMIT: ChargingProfile = {
  charging_rate_unit: 'A',
  charging_profile_period: [{ start_period: 0, limit: 16 }],
};

function set(charging_profile = LIMIT, session_id = session) {
  const response_url = `http://localhost/set/${clock.now()}`;
  return running.core.partner.setProfile(partner, { response_url, session_id, charging_profile }, 'c');
}

function clear(session_id = session) {
  const response_url = `http://localhost/clear/${clock.now()}`;
  return running.core.partner.clearProfile(partner, { response_url, session_id }, 'c');
}

function get(session_id = session) {
  const response_url = `http://localhost/get/${clock.now()}`;
  return running.core.partner.getProfile(partner, { response_url, session_id, duration: 900 }, 'c');
}

const amps = (limit: number): CompositeSchedule => ({
  startsAt: clock.now(),
  durationS: 3_600,
  unit: 'A',
  periods: [{ startS: 0, limit }],
});

const kinds = () => asked.map(({ kind }) => kind);
const results = () =>
  running.told.flatMap((notice) => (notice.kind === 'profile-result' ? [notice.result] : []));
const active = () =>
  running.told.flatMap((notice) =>
    notice.kind === 'active-charging-profile' && notice.sessionId === session
      ? [notice.active.charging_profile.charging_profile_period[0]?.limit]
      : [],
  );
const notFollowed = async () => {
  const { items } = await running.core.operator.attention({ limit: 50 });
  return items.filter(
    ({ kind, resolvedAt }) => kind === 'charging-profile-not-followed' && resolvedAt === undefined,
  );
};

async function back(): Promise<void> {
  generation += 1;
  await running.core.charger.connected({ ...connection(generation), at: clock.now() });
}

describe('what partners are told at once (D6-001, CP-05, CP-08)', () => {
  test('an unknown session, one that is over, an EVSE that takes none, a charger that is away', async () => {
    expect(await set(LIMIT, 'nobody')).toMatchObject({ result: 'UNKNOWN_SESSION' });
    const other = await startedAt(2);
    expect(await set(LIMIT, other.session)).toMatchObject({ result: 'NOT_SUPPORTED' });
    online = false;
    expect(await set()).toMatchObject({ result: 'REJECTED', message: 'charge point offline' });
    online = true;
    const stranger = { ...partner, id: 'another' };
    const request = { response_url: 'http://localhost/x', session_id: session, charging_profile: LIMIT };
    expect(await running.core.partner.setProfile(stranger, request, 'c')).toMatchObject({
      result: 'UNKNOWN_SESSION',
    });
    const at = clock.now();
    await running.core.charger.recordTransactionEvent(
      'CS-1',
      {
        eventType: 'Ended',
        ocppTransactionId: transaction,
        at,
        receivedAt: at,
        offline: false,
        meterStopWh: 1_500,
        meterValues: [],
      },
      frame('StopTransaction'),
    );
    await pass(SECOND);
    for (const ask of [() => set(), clear, get]) expect(await ask()).toMatchObject({ result: 'REJECTED' });
    expect(kinds()).toEqual([]);
  });

  test('too often is within ten seconds (CP-06); a profile without a period is no profile', async () => {
    expect(await set({ ...LIMIT, charging_profile_period: [] })).toMatchObject({ result: 'REJECTED' });
    expect((await set()).result).toBe('ACCEPTED');
    await pass(9 * SECOND);
    expect((await set()).result).toBe('TOO_OFTEN');
    await pass(SECOND);
    expect((await set()).result).toBe('ACCEPTED');
    await pass(SECOND);
  });
});

describe('what the charger answered (D6-010, D6-020, D6-021, CP-07)', () => {
  test.each<[CallOutcome | string, string, string]>([
    ['Accepted', 'ACCEPTED', 'ACCEPTED'],
    ['Rejected', 'REJECTED', 'REJECTED'],
    ['NotSupported', 'REJECTED', 'REJECTED'],
    ['Unknown', 'REJECTED', 'UNKNOWN'],
    [{ kind: 'timeout', messageId: 'm' }, 'REJECTED', 'REJECTED'],
    [{ kind: 'lost', messageId: 'm' }, 'REJECTED', 'REJECTED'],
    [{ kind: 'not-supported' }, 'REJECTED', 'REJECTED'],
    [{ kind: 'error', messageId: 'm', code: 'NotSupported', description: '' }, 'REJECTED', 'REJECTED'],
  ])('%j makes a PUT %s and a DELETE %s', async (outcome, put, deleted) => {
    answer = outcome;
    await set();
    await pass(SECOND);
    await clear();
    await pass(SECOND);
    expect(results()).toEqual([put, deleted]);
  });

  test('a second profile has the id of the first and takes its place (D6-005)', async () => {
    await set();
    await pass(10 * SECOND);
    await set({ ...LIMIT, charging_profile_period: [{ start_period: 0, limit: 10 }] });
    await pass(SECOND);
    const ids = asked.flatMap((request) =>
      request.kind === 'set-charging-profile' ? [request.profileId] : [],
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    await clear();
    await pass(SECOND);
    expect(asked).toContainEqual(
      expect.objectContaining({ kind: 'clear-charging-profile', profileId: ids[0] }),
    );
  });

  test('without a profile of ours the place of one is cleared (D6-020); no schedule is the maximum of the EVSE (D6-021, CP-21); partners have the lowest level but one (D6-006)', async () => {
    await clear();
    await get();
    await pass(SECOND);
    expect(asked[0]).toMatchObject({ kind: 'clear-charging-profile', evseId: 1, stackLevel: 1 });
    expect(asked[0]).toHaveProperty('profileId', undefined);
    expect(running.told).toContainEqual(
      expect.objectContaining({
        kind: 'profile-result',
        active: expect.objectContaining({
          charging_profile: {
            charging_rate_unit: 'A',
            charging_profile_period: [{ start_period: 0, limit: 32 }],
          },
        }),
      }),
    );
  });
});

describe('after a profile was accepted', () => {
  test('what is applied is told, looked at every 15 minutes, and told again when it changed (D6-022, CP-20)', async () => {
    applied = amps(16);
    await set();
    await pass(SECOND);
    expect(active()).toEqual([16]);
    asked.length = 0;
    await metered(16);
    await pass(70 * SECOND);
    await metered(16);
    await pass(5 * MINUTE);
    expect(kinds()).toEqual([]);
    applied = amps(16);
    await pass(15 * MINUTE);
    expect(kinds()).toEqual(['get-composite-schedule']);
    expect(active()).toEqual([16]);
    applied = amps(10);
    await pass(15 * MINUTE);
    expect(kinds()).toEqual(['get-composite-schedule', 'get-composite-schedule']);
    expect(active()).toEqual([16, 10]);
    expect(await notFollowed()).toEqual([]);
  });

  test('a charger that applies more than it accepted is shown until it does not (D6-040)', async () => {
    applied = amps(32);
    await set();
    await pass(SECOND);
    const [entry] = await notFollowed();
    expect(entry?.message).toContain('it applies more than it accepted');
    applied = amps(16);
    await running.core.charger.chargingLimitChanged('CS-1', 1, frame('NotifyChargingLimit'));
    await pass(SECOND);
    expect(await notFollowed()).toEqual([]);
  });

  test('a vehicle that takes more than a tenth above its limit after a minute is shown (D6-040, Q-80)', async () => {
    applied = amps(16);
    await set();
    await pass(20 * SECOND);
    // On its way down.
    await metered(30);
    await pass(41 * SECOND);
    expect(await notFollowed()).toEqual([]);
    await metered(17.5);
    await pass(61 * SECOND);
    expect(await notFollowed()).toEqual([]);
    await pass(13 * MINUTE);
    await metered(22.4);
    await pass(2 * MINUTE);
    const [entry] = await notFollowed();
    expect(entry?.message).toContain('22.4 A were metered where it accepted a limit of 16 A');
    // What it says that it applies is right all the while: that does not clear its meter.
    await pass(15 * MINUTE);
    expect(await notFollowed()).toHaveLength(1);
    await pass(10 * MINUTE);
    await metered(15);
    await pass(5 * MINUTE);
    expect(await notFollowed()).toEqual([]);
  });

  test('a charger that comes back without its limit is given it again, one that has it is not (D6-030)', async () => {
    applied = amps(16);
    await set();
    await pass(SECOND);
    asked.length = 0;
    await back();
    await pass(11 * SECOND);
    expect(kinds()).toEqual(['get-composite-schedule']);
    applied = amps(32);
    await back();
    await pass(11 * SECOND);
    expect(kinds().slice(1)).toEqual([
      'get-composite-schedule',
      'set-charging-profile',
      'get-composite-schedule',
    ]);
    // One that cannot say what it applies is given it to be sure.
    applied = undefined;
    asked.length = 0;
    await running.core.charger.boot('CS-1', { vendor: 'V', model: 'M' }, frame('BootNotification'));
    await pass(11 * SECOND);
    expect(kinds()).toContain('set-charging-profile');
  });

  test('a limit that was taken away does not come back (D6-030)', async () => {
    applied = amps(16);
    await set();
    await pass(10 * SECOND);
    await clear();
    await pass(SECOND);
    asked.length = 0;
    applied = amps(32);
    await back();
    await pass(MINUTE);
    expect(kinds()).toEqual([]);
  });
});
