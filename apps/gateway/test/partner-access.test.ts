import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JsonObject, OCPI_VERSIONS, type OcpiVersion } from '@roambridge/sim-emsp';
import { eventually } from './support/eventually.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import type { Row } from './support/operator-api.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';

const VICTIM = { country_code: 'NL', party_id: 'VIC' };
const CARD = '04BEEF00BEEF01';
const CONTRACT = 'NL-VIC-C00042';
/** Hours of these differ: what is shown of them is somebody else's. */
const station = testStation('CS-1', 'ocpp1.6', ['ENERGY', 'ENERGY']);

let world: TestGateway;
let victim: TestPartner;
const attackers = new Map<OcpiVersion, TestPartner>();
let running: Row;
let billed: Row;

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: [station],
  });
  victim = await world.partner({
    version: '2.2.1',
    ...VICTIM,
    tokens: [{ uid: CARD, contract_id: CONTRACT }],
  });
  const charger = await world.connect(station);
  await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 100_000 });
  await charger.stopTransaction(1, { meterStopWh: 100_100, reason: 'Local', idTag: CARD });
  await eventually('CDR', () => victim.emsp.cdrs.size === 1);
  await charger.startTransaction({ outlet: 2, idTag: CARD, meterStartWh: 100_000 });
  await eventually('session', () => victim.emsp.sessions.size === 2);
  const reserved = await victim.emsp.reserveNow({
    location_id: 'LOC-1',
    evse_uid: 'CS-1-E1',
    token: { uid: CARD },
    expiry_date: new Date(Date.now() + 3_600_000).toISOString(),
    reservation_id: 'R1',
  });
  expect(await reserved.result).toEqual({ result: 'ACCEPTED' });
  running = (await world.operator.list('/sessions')).find(({ status }) => status === 'ACTIVE') ?? {};
  [billed = {}] = await world.operator.list('/cdrs');
  await world.operator.put(`/partners/${victim.id}/invoices/DE/RBG/INV-1`, {
    invoice_id: 'N-1',
    cdrs: [billed.id],
  });
  for (const version of OCPI_VERSIONS) {
    const party_id = `AT${version[2]}`;
    attackers.set(
      version,
      await world.partner({ version, country_code: 'NL', party_id, tokens: [{ uid: `04A${version[2]}` }] }),
    );
  }
});
afterAll(() => world?.stop());

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MODULES = [
  ['locations', 'SENDER'],
  ['sessions', 'SENDER'],
  ['cdrs', 'SENDER'],
  ['tariffs', 'SENDER'],
  ['tokens', 'RECEIVER'],
  ['commands', 'RECEIVER'],
  ['chargingprofiles', 'RECEIVER'],
  ['credentials', 'SENDER'],
  ['invoicereconciliation', 'SENDER'],
  ['invoicereconciliation', 'RECEIVER'],
] as const;

/** Whom the attacker says that it is, or that it speaks to. */
const HEADERS: Record<string, Record<string, string>> = {
  'its own name': {},
  'the name of the victim': {
    'OCPI-from-country-code': VICTIM.country_code,
    'OCPI-from-party-id': VICTIM.party_id,
  },
  'the victim as receiver': {
    'OCPI-to-country-code': VICTIM.country_code,
    'OCPI-to-party-id': VICTIM.party_id,
  },
};

function attempts(version: OcpiVersion): { paths: string[]; bodies: JsonObject[] } {
  const session_id = String(running.id);
  const now = new Date().toISOString().replace(/\.\d+Z/, 'Z');
  const response_url = `${attackers.get(version)?.emsp.url}/results/1`;
  const token = {
    ...VICTIM,
    uid: CARD,
    type: 'RFID',
    contract_id: 'STOLEN',
    issuer: 'X',
    valid: false,
    whitelist: 'NEVER',
    last_updated: now,
    auth_id: 'STOLEN',
  };
  const { location_id, evse_uid } = running as { location_id: string; evse_uid: string };
  const own = attackers.get(version)?.emsp.party;
  return {
    paths: [
      '',
      '?date_from=2020-01-01T00:00:00Z&limit=250',
      '?date_from=2020-01-01T00:00:00Z&after=0&total=9',
      `/${session_id}`,
      `/${String(billed.id)}`,
      `/${session_id}/charging_preferences`,
      `/${session_id}?response_url=${encodeURIComponent(response_url)}&duration=60`,
      `/${VICTIM.country_code}/${VICTIM.party_id}/${CARD}`,
      `/${VICTIM.country_code.toLowerCase()}/${VICTIM.party_id.toLowerCase()}/${CARD}`,
      `/${own?.country_code}/${own?.party_id}/${CARD}`,
      `/${own?.country_code}/${own?.party_id}/..%2F..%2F${VICTIM.country_code}%2F${VICTIM.party_id}%2F${CARD}`,
      '/DE/RBG/INV-1',
      `/${VICTIM.country_code}/${VICTIM.party_id}/INV-1`,
      '/START_SESSION',
      '/STOP_SESSION',
      '/RESERVE_NOW',
      '/CANCEL_RESERVATION',
      '/UNLOCK_CONNECTOR',
    ],
    bodies: [
      {
        ...token,
        response_url,
        location_id,
        evse_uid,
        connector_id: '1',
        session_id,
        token,
        reservation_id: 'R1',
        expiry_date: now,
        id: 'INV-1',
        invoice_id: 'STOLEN',
        cdrs: [String(billed.id)],
        profile_type: 'FAST',
        last_updated: now,
        charging_profile: {
          charging_rate_unit: 'W',
          charging_profile_period: [{ start_period: 0, limit: 0 }],
        },
      },
    ],
  };
}

/** In 2.1.1 a token has no owner but the caller: what it says of one is about its own. */
const OWN_IN_211 = /^(PUT tokens\/NL\/AT|POST commands\/(START_SESSION|RESERVE_NOW))/;
/** Taken by every version; that there is no such reservation is the result (D5-046), and it stays as it is. */
const ANSWERED_LATER = 'POST commands/CANCEL_RESERVATION';

/** Answers that carry a wish out; all others are refusals. */
function isGranted({ data }: { data: unknown }): boolean {
  const { result } = (data ?? {}) as { result?: string };
  return result === 'ACCEPTED' || data === 'ACCEPTED';
}

describe.each(OCPI_VERSIONS)('a partner of OCPI %s', (version) => {
  test.each(Object.keys(HEADERS))(
    'neither reads nor changes what is another’s, in %s (S11, RT-12, PG-11)',
    async (as) => {
      const { emsp } = attackers.get(version)!;
      const { paths, bodies } = attempts(version);
      const before = await stateOf();
      const told = victim.emsp.requests.length;
      const breaches: string[] = [];
      for (const [module, role] of MODULES) {
        if (module === 'chargingprofiles' && version === '2.1.1') continue;
        if (module === 'invoicereconciliation' && version !== '2.3.0') continue;
        for (const method of METHODS) {
          // Credentials are the attacker's own: it must not lock itself out here.
          if (module === 'credentials' && method !== 'GET') continue;
          for (const path of paths) {
            const what = `${method} ${module}${path}`;
            if (version === '2.1.1' && OWN_IN_211.test(what)) continue;
            const body = method === 'GET' || method === 'DELETE' ? undefined : bodies[0];
            const answer = await emsp.send(method, module, role, path, body, HEADERS[as]);
            const text = JSON.stringify(answer.data ?? null);
            const shown = [CONTRACT, String(running.id), String(billed.id), CARD].filter((secret) =>
              text.includes(secret),
            );
            if (shown.length > 0) breaches.push(`${what} shows ${shown.join()}`);
            if (isGranted(answer) && what !== ANSWERED_LATER) breaches.push(`${what} is granted`);
            if (answer.httpStatus >= 500) breaches.push(`${what}: HTTP ${answer.httpStatus}`);
          }
        }
      }
      expect(breaches).toEqual([]);
      expect(await stateOf()).toEqual(before);
      // Statuses of EVSEs are everybody's, and told when they are steady.
      const hers = victim.emsp.requests
        .slice(told)
        .filter(({ method, path }) => method !== 'GET' && !path.includes('/locations/'));
      expect(hers).toEqual([]);
    },
  );
});

test('what the victim asks for itself is granted: the matrix does not refuse everything', async () => {
  expect((await victim.emsp.pull('sessions', { date_from: '2020-01-01T00:00:00Z' })).items).toHaveLength(3);
  expect((await victim.emsp.pull('cdrs')).items).toHaveLength(1);
  const own = await victim.emsp.send(
    'GET',
    'tokens',
    'RECEIVER',
    `/${VICTIM.country_code}/${VICTIM.party_id}/${CARD}`,
  );
  expect(own.data).toMatchObject({ contract_id: CONTRACT });
  const { response } = await victim.emsp.stopSession(String(running.id));
  expect(isGranted({ data: response })).toBe(true);
});

/** All that an attempt could have changed of the victim's. */
async function stateOf() {
  const { operator } = world;
  const sessions = await operator.list('/sessions');
  const ofVictim = ({ partner_id }: Row) => partner_id === victim.id;
  return {
    token: await operator.get(`/tokens/${VICTIM.country_code}/${VICTIM.party_id}/${CARD}`),
    sessions: sessions.filter(ofVictim).map(({ id, status, kwh }) => ({ id, status, kwh })),
    cdrs: (await operator.list('/cdrs')).filter(ofVictim).map(({ id, total_cost }) => ({ id, total_cost })),
    reservations: (await operator.list('/reservations')).map(({ id, status }) => ({ id, status })),
    invoices: await operator.list(`/partners/${victim.id}/invoices`),
    transactions: (await operator.list('/transactions')).map(({ id, open }) => ({ id, open })),
  };
}
