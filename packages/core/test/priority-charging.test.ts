import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Location, ProfileType, Tariff } from '@roambridge/domain';
import type { CallOutcome, Partner, StationRequest } from '../src/index.js';
import { connection, type RunningCore, start, startCore, until } from './support/running-core.js';

const OWNER = { country_code: 'DE', party_id: 'RBG' };

let running: RunningCore;
let partner: Partner;
let session: string;
const asked: StationRequest[] = [];
let answer: CallOutcome;

const said = (status: string): CallOutcome => ({ kind: 'result', messageId: 'm', payload: { status } });

beforeAll(async () => {
  running = await startCore(undefined, {
    station: {
      async call(_station, request) {
        asked.push(request);
        return answer;
      },
    },
  });
  const { core, store } = running;
  [partner] = (await store.partners.list()) as [Partner];
  const tariff = (await store.tariffs.get({ ...OWNER, id: 'T1' })) as Tariff;
  await core.operator.putTariff({ ...tariff, id: 'FAST', type: 'PROFILE_FAST' });
  const location = (await store.locations.get({ ...OWNER, id: 'L1' })) as Location;
  const evses = location.evses.map((evse) => ({
    ...evse,
    capabilities: ['CHARGING_PREFERENCES_CAPABLE'],
    connectors: evse.connectors.map((connector) => ({ ...connector, tariff_ids: ['T1', 'FAST'] })),
  }));
  await core.operator.putLocation({ ...location, evses });
  await connected(true, 2);
  await start(core);
  await until(async () => (await core.operator.sessions({ limit: 1 })).items.length > 0);
  session = (await core.operator.sessions({ limit: 1 })).items[0]!.id;
});

afterAll(() => running.stop());

beforeEach(() => {
  asked.length = 0;
});

function connected(priorityCharging: boolean, generation: number): Promise<void> {
  const made = connection(generation);
  return running.core.charger.connected({ ...made, traits: { ...made.traits, priorityCharging } });
}

const prefer = (profile_type: ProfileType) =>
  running.core.partner.setPreferences(partner, session, { profile_type });

describe('a charger that knows priorities (D7-004)', () => {
  test.each([
    ['Accepted', 'ACCEPTED'],
    ['Rejected', 'NOT_POSSIBLE'],
    ['NoProfile', 'ACCEPTED'],
  ])('FAST, and it says %s: %s', async (status, result) => {
    answer = said(status);
    expect(await prefer('FAST')).toEqual({ kind: 'answered', result });
    expect(asked[0]).toMatchObject({ kind: 'use-priority-charging', activate: true });
  });

  test('FAST, and it says nothing: NOT_POSSIBLE', async () => {
    answer = { kind: 'timeout', messageId: 'm' };
    expect(await prefer('FAST')).toEqual({ kind: 'answered', result: 'NOT_POSSIBLE' });
  });

  test('every other wish ends the priority, whatever the charger says', async () => {
    answer = said('Rejected');
    expect(await prefer('REGULAR')).toEqual({ kind: 'answered', result: 'ACCEPTED' });
    expect(asked[0]).toMatchObject({ kind: 'use-priority-charging', activate: false });
  });
});

test('a charger that knows none is not asked (D7-002)', async () => {
  await connected(false, 3);
  answer = said('Rejected');
  expect(await prefer('FAST')).toEqual({ kind: 'answered', result: 'ACCEPTED' });
  expect(asked.filter(({ kind }) => kind === 'use-priority-charging')).toEqual([]);
});
