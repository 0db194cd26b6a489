import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Token } from '@roambridge/domain';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { Partner } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;
let features = 'Core,Reservation';
const asked: string[] = [];

beforeAll(async () => {
  running = await startCore(undefined, {
    clock,
    station: {
      configurations: {
        read: async (_station, keys) => ({
          values: keys.includes('SupportedFeatureProfiles')
            ? { SupportedFeatureProfiles: { value: features, readonly: true } }
            : {},
          unknownKeys: [],
        }),
        set: async () => 'accepted',
      },
      async call(_station, request) {
        asked.push(request.kind);
        return { kind: 'result', messageId: 'm', payload: { status: 'Accepted' } };
      },
    },
  });
  const location = await running.store.locations.get({ country_code: 'DE', party_id: 'RBG', id: 'L1' });
  if (!location) throw new Error('no location');
  const evses = location.evses.map((evse) => ({ ...evse, capabilities: ['RESERVABLE'] }));
  await running.core.operator.putLocation({ ...location, evses });
  await running.core.charger.connected({ ...connection(1), at: clock.now() });
});

afterAll(() => running?.stop());

async function settle(): Promise<void> {
  for (let steps = 0; steps < 3; steps += 1) {
    await running.core.idle();
    await new Promise<void>((turned) => setImmediate(turned));
  }
}

async function boots(firmwareVersion: string): Promise<void> {
  const report = { vendor: 'V', model: 'M', firmwareVersion };
  await running.core.charger.boot('CS-1', report, { ...frame('BootNotification'), at: clock.now() });
  await clock.moveTo(clock.now() + 10_000, settle);
}

async function reserve(): Promise<unknown> {
  const [partner] = (await running.store.partners.list()) as [Partner];
  const token: Token = {
    country_code: 'NL',
    party_id: 'MSP',
    uid: 'CARD',
    type: 'RFID',
    contract_id: 'NL-MSP-1',
    issuer: 'eMSP',
    valid: true,
    whitelist: 'ALWAYS',
    last_updated: '2026-03-01T00:00:00Z',
  };
  const location = await running.store.locations.get({ country_code: 'DE', party_id: 'RBG', id: 'L1' });
  const answer = await running.core.partner.reserveNow(
    partner,
    {
      response_url: `http://localhost/${clock.now()}`,
      token,
      expiry_date: new Date(clock.now() + 600_000).toISOString(),
      reservation_id: `R${clock.now()}`,
      location_id: 'L1',
      evse_uid: location?.evses[0]?.uid ?? '',
    },
    'c',
  );
  await clock.moveTo(clock.now() + 1_000, settle);
  return answer.result;
}

test('a charger that says it cannot be reserved is not asked to, from its next firmware on (B-050)', async () => {
  await boots('1');
  expect(await reserve()).toBe('ACCEPTED');
  expect(asked).toContain('reserve-now');
  asked.length = 0;
  features = 'Core';
  await boots('1');
  expect(await reserve()).toBe('ACCEPTED');
  asked.length = 0;
  await boots('2');
  expect(await reserve()).toBe('NOT_SUPPORTED');
  expect(asked).not.toContain('reserve-now');
});
