import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Notice, Partner, PartnerRole } from '@roambridge/core';
import { type Gateway, startGateway } from './support/gateway.js';
import { CDR, LOCATION, NARROWED, partner, SESSION, TARIFF } from './support/samples.js';
import { answerJson, type ScriptedPartner, startPartner, success } from './support/scripted-partner.js';

/** No measure of anything. */
const PATIENCE_MS = 30_000;
const OURS = { country_code: 'DE', party_id: 'RBG' };
const THEIRS = { country_code: 'NL', party_id: 'MSP' };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** No pattern leads from one to another. */
const PATHS: Record<string, string> = {
  locations: '/a/places',
  tariffs: '/b?c=prices',
  sessions: '/x/y/z/',
  cdrs: '/bills',
  tokens: '/q/cards',
  chargingprofiles: '/p',
  hubclientinfo: '/who',
  credentials: '/keys',
};
const SENDERS = new Set(['tokens', 'chargingprofiles', 'hubclientinfo', 'credentials']);

let gateway: Gateway;
let peer: ScriptedPartner;
beforeAll(async () => {
  gateway = await startGateway();
  peer = await startPartner((_request, response) => success(response));
});
afterAll(async () => {
  await gateway.close();
  await peer.close();
});
beforeEach(() => {
  peer.requests.length = 0;
  peer.script((_request, response) => success(response));
});

function registered(version: string, changes: Partial<Partner> = {}): Partner {
  return partner(version, {
    versionsUrl: `${peer.base}/list`,
    endpoints: Object.entries(PATHS).map(([identifier, path]) => ({
      identifier,
      role: SENDERS.has(identifier) ? ('SENDER' as const) : ('RECEIVER' as const),
      url: `${peer.base}${path}`,
    })),
    ...changes,
  });
}

function notices(version: string): Notice[] {
  const result = { responseUrl: `${peer.base}/result/1`, correlationId: 'corr-1', from: OURS, to: THEIRS };
  const active = {
    start_date_time: '2025-06-01T10:00:00Z',
    charging_profile: {
      charging_rate_unit: 'W' as const,
      charging_profile_period: [{ start_period: 0, limit: 1 }],
    },
  };
  return [
    { kind: 'location', location: LOCATION },
    { kind: 'location-withdrawn', location: LOCATION },
    { kind: 'evse-status', location: LOCATION, evse: { ...LOCATION.evses[0]!, status: 'CHARGING' } },
    { kind: 'tariff', tariff: TARIFF },
    { kind: 'tariff-removed', ...OURS, id: 'T-1' },
    { kind: 'session', session: SESSION, location: NARROWED },
    { kind: 'session-progress', session: SESSION, location: NARROWED },
    { kind: 'cdr', cdr: CDR, location: NARROWED },
    { kind: 'command-result', result: 'ACCEPTED', ...result },
    ...(version === '2.1.1'
      ? []
      : ([
          { kind: 'profile-result', result: 'ACCEPTED', ...result },
          { kind: 'active-charging-profile', sessionId: 'S-1', active, from: OURS, to: THEIRS },
        ] satisfies Notice[])),
  ];
}

const party = (headers: Record<string, unknown>, direction: 'from' | 'to') =>
  `${headers[`ocpi-${direction}-country-code`] ?? ''}${headers[`ocpi-${direction}-party-id`] ?? ''}`;

describe.each(['2.1.1', '2.2.1', '2.3.0'])('requests to a partner of OCPI %s', (version) => {
  const is211 = version === '2.1.1';
  const token = `Token ${is211 ? `token-b-${version}` : Buffer.from(`token-b-${version}`).toString('base64')}`;

  test('objects are PUT and PATCHed with last_updated, documents POSTed, only tariffs DELETEd (ME-03, ME-04, ME-05, ME-07, ME-08, TR-043, TR-044)', async () => {
    const methods: string[] = [];
    for (const notice of notices(version)) {
      // A partner answers without data, or with data that means nothing.
      const data = methods.length % 2 === 0 ? undefined : { debug: 1 };
      peer.script((_request, response) => success(response, data));
      expect(await gateway.link.tell(registered(version), notice)).toEqual({ kind: 'acknowledged' });
      const request = peer.requests.at(-1)!;
      methods.push(`${notice.kind} ${request.method}`);
      if (request.method === 'PATCH') {
        expect(request.body).toHaveProperty('last_updated');
        expect(request.body).not.toHaveProperty('charging_periods');
      }
    }
    expect(methods).toEqual([
      'location PUT',
      'location-withdrawn PUT',
      'evse-status PATCH',
      'tariff PUT',
      'tariff-removed DELETE',
      'session PUT',
      'session-progress PATCH',
      'cdr POST',
      'command-result POST',
      ...(is211 ? [] : ['profile-result POST', 'active-charging-profile PUT']),
    ]);
  });

  test('each carries the token and ids of its own, a body its type, and goes to the URL that was learnt (TR-002, TR-003, TR-004, TR-020 to TR-022, TR-024, TR-026, TR-027)', async () => {
    const known = registered(version);
    peer.script(({ url }, response) =>
      answerJson(
        response,
        200,
        { status_code: 1000, timestamp: '2025-06-01T12:00:00Z', data: [] },
        url === '/q/cards' ? { Link: `<${peer.base}/q/cards?page=2>; rel="next"` } : {},
      ),
    );
    for (const notice of notices(version)) await gateway.link.tell(known, notice);
    const page = await gateway.link.tokenPage(known);
    await gateway.link.tokenPage(known, page.kind === 'page' ? page.next : undefined);
    await gateway.link.authorize(known, { uid: 'A', type: 'RFID', from: OURS }, PATIENCE_MS);
    await gateway.link.compare(known, { kind: 'tariff', tariff: TARIFF });
    await gateway.link.hubClients(known);
    await gateway.link.discover({ ...known, version: undefined } as Partner, `${peer.base}/list`);
    await gateway.link.sendCredentials(known, 'PUT', 'next');
    await gateway.link.endCredentials(known);

    const { requests } = peer;
    expect(new Set(requests.map(({ url }) => url.split(/[?#]/)[0]))).toEqual(
      new Set([
        '/a/places/DE/RBG/L-1',
        '/a/places/DE/RBG/L-1/E-1',
        '/b/DE/RBG/T-1',
        '/x/y/z/DE/RBG/S-1',
        '/bills',
        '/result/1',
        ...(is211 ? [] : ['/p/S-1']),
        '/q/cards',
        '/q/cards/A/authorize',
        '/who',
        '/list',
        '/keys',
      ]),
    );
    for (const { url, headers, body } of requests) {
      // The list of versions is read before the form of the token is known.
      if (url !== '/list') expect([url, headers.authorization]).toEqual([url, token]);
      expect(headers.authorization).toMatch(/^Token [!-~]+$/);
      expect(headers['x-request-id']).toMatch(UUID);
      expect(headers['x-correlation-id']).toBeTruthy();
      expect([url, headers['content-type']]).toEqual([
        url,
        body === undefined ? undefined : 'application/json',
      ]);
    }
    expect(new Set(requests.map(({ headers }) => headers['x-request-id'])).size).toBe(requests.length);
    const configuration = /^\/(who|list|keys)/;
    for (const { url, headers } of requests) {
      const routed = !is211 && !configuration.test(url);
      expect([url, party(headers, 'from')]).toEqual([url, routed ? 'DERBG' : '']);
      expect([url, party(headers, 'to')]).toEqual([url, routed ? 'NLMSP' : '']);
    }
  });

  test('each is in the name of the party that owns what it tells (RT-01, RT-05)', async () => {
    const owner = { country_code: 'FR', party_id: 'RBF' };
    await gateway.link.tell(registered(version), { kind: 'location', location: { ...LOCATION, ...owner } });
    await gateway.link.tell(registered(version), { kind: 'tariff', tariff: { ...TARIFF, ...owner } });
    for (const { url, headers } of peer.requests) {
      expect(url).toContain('/FR/RBF/');
      expect(party(headers, 'from')).toBe(is211 ? '' : 'FRRBF');
    }
    expect(peer.requests).toHaveLength(2);
  });

  test('what a failure says in its data counts for nothing (TR-042, ST-30)', async () => {
    const question = { uid: 'A', type: 'RFID', from: OURS };
    const ask = async (status_code: number) => {
      const answer = { status_code, timestamp: '2025-06-01T12:00:00Z', data: { allowed: 'ALLOWED' } };
      peer.script((_request, response) => answerJson(response, 200, answer));
      return (await gateway.link.authorize(registered(version), question, PATIENCE_MS)).kind;
    };
    expect([await ask(1000), await ask(2000), await ask(3000)]).toEqual([
      'answered',
      'unreachable',
      'unreachable',
    ]);
  });
});

describe.each(['2.2.1', '2.3.0'])('a hub or a platform with several parties in OCPI %s', (version) => {
  const role = (party_id: string, name = 'EMSP'): PartnerRole => ({
    role: name,
    country_code: 'NL',
    party_id,
    name: party_id,
  });
  const hub: Partial<Partner> =
    version === '2.2.1'
      ? { roles: [role('HUB', 'HUB')] }
      : { roles: [role('ONE'), role('TWO')], hubParty: { country_code: 'NL', party_id: 'HUB' } };
  const to = () => party(peer.requests.at(-1)?.headers ?? {}, 'to');

  test('a hub is asked for lists by its own name, broadcasts get it too, and finds out who knows a token (RT-07, RT-09, RT-10)', async () => {
    const known = registered(version, hub);
    await gateway.link.tokenPage(known);
    expect(to()).toBe('NLHUB');
    await gateway.link.tell(known, { kind: 'location', location: LOCATION });
    expect(to()).toBe('NLHUB');
    const question = { uid: 'A', type: 'RFID', from: OURS };
    await gateway.link.authorize(known, question, PATIENCE_MS);
    expect([to(), party(peer.requests.at(-1)!.headers, 'from')]).toEqual(['', 'DERBG']);
    await gateway.link.authorize(
      known,
      { ...question, to: { country_code: 'NL', party_id: 'TWO' } },
      PATIENCE_MS,
    );
    expect(to()).toBe('NLTWO');
  });

  test('several parties alone make no hub: an eMSP among them is named (CR-34, RT-05)', async () => {
    const known = registered(version, { roles: [role('NSP', 'NSP'), role('ONE'), role('TWO')] });
    await gateway.link.tell(known, { kind: 'location', location: LOCATION });
    expect(to()).toBe('NLONE');
    await gateway.link.authorize(known, { uid: 'A', type: 'RFID', from: OURS }, PATIENCE_MS);
    expect(to()).toBe('NLONE');
    await gateway.link.tell(known, {
      kind: 'session',
      session: { ...SESSION, cdr_token: { ...SESSION.cdr_token, party_id: 'TWO' } },
      location: NARROWED,
    });
    expect(to()).toBe('NLTWO');
  });
});
