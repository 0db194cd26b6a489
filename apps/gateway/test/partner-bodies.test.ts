import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emsp, OCPI_VERSIONS, type OcpiVersion, startEmsp } from '@roambridge/sim-emsp';
import { ADAPTERS } from '../../../packages/ocpi/src/versions/registry.js';
import { enteredLocation, enteredTariffs } from './support/entered-objects.js';
import { eventually } from './support/eventually.js';
import { largest, least, type Members, tableObject } from './support/table-objects.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { withUnknownMembers } from './support/unknown-members.js';

/** Refusals of a body: no JSON, a parameter that is wrong or missing, not enough information. */
const REFUSED = [2000, 2001, 2002];
const MSP = { country_code: 'NL', party_id: 'MSP' };
const LOCATION = 'full location'.padEnd(36, '.');

let world: TestGateway;
const partners = new Map<OcpiVersion, Emsp>();
let hub: Emsp;

beforeAll(async () => {
  world = await startTestGateway({ PARTIES: 'NL*CPO' });
  await world.operator.put(`/locations/NL/CPO/${LOCATION}`, enteredLocation(LOCATION));
  for (const entered of enteredTariffs()) await world.operator.put(`/tariffs/NL/CPO/${entered.id}`, entered);
  for (const version of OCPI_VERSIONS) {
    const { emsp } = await world.partner({ version, ...MSP, tokens: [] });
    partners.set(version, emsp);
  }
  hub = await startEmsp({
    version: '2.3.0',
    country_code: 'DE',
    party_id: 'HUB',
    name: 'Hub',
    hub: { clients: [{ country_code: 'NL', party_id: 'AAA', status: 'CONNECTED' }] },
  });
  const { versionsUrl, token } = hub.offerRegistration();
  await world.operator.post('/partners', { name: 'Hub', versions_url: versionsUrl, token });
});
afterAll(async () => {
  await hub?.close();
  await world?.stop();
});

const emspOf = (version: OcpiVersion) => partners.get(version)!;

const byId = (left: Members, right: Members) => String(left.id).localeCompare(String(right.id));

/** The body as small and as large as the version allows, and with members that it does not know (TY-17). */
function bodies(type: string, version: OcpiVersion, own: Members = {}): Members[] {
  const made = [least(), largest()].map((choice) => ({ ...tableObject(type, choice, version), ...own }));
  return [...made, ...made.map(withUnknownMembers)];
}

describe.each(OCPI_VERSIONS)('OCPI %s', (version) => {
  test('what an operator enters reaches a partner in the form of its version, pushed and pulled (TY-05, MP-01 to MP-08)', async () => {
    const emsp = emspOf(version);
    await eventually('location', () => emsp.locations.size === 1);
    await eventually('tariffs', () => emsp.tariffs.size === (version === '2.1.1' ? 1 : 6));
    for (const module of ['locations', 'tariffs'] as const) {
      const { items } = await emsp.pull(module);
      expect(items.sort(byId)).toEqual([...emsp[module].values()].sort(byId));
    }
    expect(emsp.conformance).toEqual([]);
  });

  test('tokens are taken with everything that they may hold, kept, and changed member by member (TO-01, TO-04, TY-17)', async () => {
    const emsp = emspOf(version);
    const url = (uid: string, type: unknown) =>
      `/NL/MSP/${encodeURIComponent(uid)}${version === '2.1.1' || type === 'RFID' ? '' : `?type=${type}`}`;
    for (const [index, token] of bodies('Token', version).entries()) {
      const uid = `${index}${String(token.uid).slice(1)}`;
      const path = url(uid, token.type);
      const { httpStatus, statusCode } = await emsp.send('PUT', 'tokens', 'RECEIVER', path, {
        ...token,
        uid,
      } as never);
      expect([httpStatus, statusCode]).toEqual([201, 1000]);
      const kept = (await emsp.send('GET', 'tokens', 'RECEIVER', path)).data;
      const sent = bodies('Token', version)[index % 2]!;
      expect(kept).toEqual({ ...sent, uid });
      for (const [name, value] of Object.entries(sent)) {
        if (['uid', 'type', 'country_code', 'party_id'].includes(name)) continue;
        const patch = { last_updated: sent.last_updated, [name]: value, future: 1 } as never;
        expect((await emsp.send('PATCH', 'tokens', 'RECEIVER', path, patch)).statusCode).toBe(1000);
      }
    }
    expect(emsp.conformance).toEqual([]);
  });

  const commands = {
    START_SESSION: 'StartSession',
    STOP_SESSION: 'StopSession',
    RESERVE_NOW: 'ReserveNow',
    UNLOCK_CONNECTOR: 'UnlockConnector',
    ...(version === '2.1.1' ? {} : { CANCEL_RESERVATION: 'CancelReservation' }),
  };

  test.each(Object.entries(commands))(
    '%s is read with everything that it may hold (CO-01, TY-17)',
    async (name, type) => {
      const emsp = emspOf(version);
      for (const { response_url: _, ...body } of bodies(type, version)) {
        const { httpStatus, statusCode } = await emsp.command(name, body as never);
        expect(httpStatus).toBe(200);
        expect(REFUSED).not.toContain(statusCode);
      }
      expect(emsp.conformance).toEqual([]);
    },
  );

  test('the answer to a real-time authorization is read with everything that it may hold (TO-24)', () => {
    const { readAuthorization } = ADAPTERS[version].token;
    for (const info of bodies('AuthorizationInfo', version))
      expect(readAuthorization(info)).toMatchObject({ allowed: info.allowed });
  });

  test('a page of tokens is read with everything that they may hold (TO-06)', async () => {
    const emsp = await startEmsp({ version, country_code: 'NL', party_id: 'MSP', name: `pages ${version}` });
    const tokens = bodies('Token', version).map((token, index) => ({
      ...token,
      uid: `page ${version} ${index}`,
    }));
    emsp.respondWith({ method: 'GET', path: /\/tokens$/ }, () => ({
      headers: { 'X-Total-Count': '4', 'X-Limit': '4' },
      body: { data: tokens, status_code: 1000, timestamp: '2026-01-01T00:00:00Z', future: {} },
    }));
    const { versionsUrl, token } = emsp.offerRegistration();
    await world.operator.post('/partners', { name: 'pages', versions_url: versionsUrl, token });
    await eventually('tokens', async () => {
      const rows = await world.operator.list('/tokens');
      return rows.filter(({ uid }) => String(uid).startsWith(`page ${version}`)).length === tokens.length;
    });
    await emsp.close();
  });

  test('credentials are taken with everything that they may hold (CR-20, TY-17, TY-18)', async () => {
    for (const [index, body] of bodies('Credentials', version).entries()) {
      const name = `credentials ${version} ${index}`;
      const emsp = await startEmsp({ version, ...MSP, name });
      const invitation = await world.operator.post('/partners', { name });
      await emsp.register(String(invitation.versions_url), String(invitation.registration_token));
      // Only what leads back to the partner is its own.
      const { versionsUrl: url, token } = emsp.offerRegistration();
      const roles = (body.roles as Members[] | undefined)?.map((role, at) => ({
        ...role,
        party_id: `M0${at}`,
      }));
      const sent = { ...body, url, token, ...(roles ? { roles } : {}) };
      const answer = await emsp.send('PUT', 'credentials', 'SENDER', '', sent as never);
      expect(answer).toMatchObject({ statusCode: 1000, data: { token: expect.any(String) } });
      expect(emsp.conformance).toEqual([]);
      await emsp.close();
    }
  });
});

describe.each(['2.2.1', '2.3.0'] as const)('OCPI %s', (version) => {
  test('charging profiles are read with everything that they may hold (CP-01, CP-10)', async () => {
    const emsp = emspOf(version);
    const response_url = emsp.url.replace(/versions$/, `${version}/chargingprofiles/results/set/1`);
    for (const body of bodies('SetChargingProfile', version, { response_url })) {
      const { statusCode, data } = await emsp.send(
        'PUT',
        'chargingprofiles',
        'RECEIVER',
        '/none',
        body as never,
      );
      expect([statusCode, data]).toEqual([1000, expect.objectContaining({ result: 'UNKNOWN_SESSION' })]);
    }
    expect(emsp.conformance).toEqual([]);
  });

  test('charging preferences are read with everything that they may hold (SE-30)', async () => {
    const emsp = emspOf(version);
    for (const body of bodies('ChargingPreferences', version)) {
      const path = '/none/charging_preferences';
      const { httpStatus, statusMessage } = await emsp.send('PUT', 'sessions', 'SENDER', path, body as never);
      expect([httpStatus, statusMessage]).toEqual([404, expect.stringMatching(/session/i)]);
    }
  });
});

test('a hub tells of its parties with everything that it may hold (HU-02)', async () => {
  for (const body of bodies('ClientInfo', '2.3.0', { country_code: 'NL', party_id: 'BBB' })) {
    const { statusCode } = await hub.send('PUT', 'hubclientinfo', 'RECEIVER', '/NL/BBB', body as never);
    expect(statusCode).toBe(1000);
  }
  const { data } = await hub.send('GET', 'hubclientinfo', 'RECEIVER', '/NL/BBB');
  expect(data).toMatchObject({ party_id: 'BBB' });
  expect(hub.conformance).toEqual([]);
});
