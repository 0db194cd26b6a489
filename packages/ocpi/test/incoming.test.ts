import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner, TOKEN } from './support/samples.js';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ publicUrl: 'https://roaming.example/cpo/' });
});
afterAll(() => gateway.close());

describe.each(['2.1.1', '2.2.1', '2.3.0'])('requests of a partner of OCPI %s', (version) => {
  const is211 = version === '2.1.1';
  const token = `token-c-${version}`;
  const base = `/ocpi/${version}`;
  beforeEach(() => {
    gateway.memory.partners = [partner(version)];
    gateway.memory.locations = [];
    gateway.memory.tokens.clear();
  });

  const { contract_id, country_code: _country, party_id: _party, ...common } = TOKEN;
  const wire = is211 ? { ...common, auth_id: contract_id } : TOKEN;
  const put = (body: object, headers = {}) =>
    gateway.call('PUT', `${base}/tokens/NL/MSP/0123ABCD`, { token, body, headers });
  const read = async () => (await gateway.call('GET', `${base}/tokens/NL/MSP/0123ABCD`, { token })).body.data;

  test('an empty list is an empty list (TR-041, TR-045)', async () => {
    for (const module of ['locations', 'tariffs', 'sessions', 'cdrs']) {
      const answer = await gateway.call('GET', `${base}/${module}?date_from=2025-01-01T00:00:00Z`, { token });
      expect([answer.status, answer.body.status_code, answer.body.data]).toEqual([200, 1000, []]);
      expect(answer.headers.get('link')).toBeNull();
      expect(answer.headers.get('x-total-count')).toBe('0');
    }
  });

  test('one object is an object (TR-041)', async () => {
    gateway.memory.locations = [LOCATION];
    const { body } = await gateway.call('GET', `${base}/locations/L-1`, { token });
    expect(body.data).toMatchObject({ id: 'L-1' });
  });

  test('headers have names in any case, bodies any charset of JSON, answers are JSON whatever they say (TR-025, TR-026)', async () => {
    const sent = await raw('PUT', `${base}/tokens/NL/MSP/0123ABCD`, JSON.stringify(wire), {
      AUTHORIZATION: `Token ${token}`,
      'CONTENT-TYPE': 'application/json; charset=UTF-8',
      'X-REQUEST-ID': 'R-1',
    });
    expect(sent.status).toBe(201);
    expect(sent.headers['x-request-id']).toBe('R-1');
    for (const [method, path, known] of [
      ['GET', `${base}/tokens/NL/MSP/0123ABCD`, token],
      ['GET', `${base}/tokens/NL/MSP/OTHER`, token],
      ['DELETE', `${base}/tokens/NL/MSP/OTHER`, token],
      ['GET', '/elsewhere', token],
      ['GET', `${base}/locations`, 'unknown'],
      ['GET', '/ocpi/versions', token],
    ] as const) {
      const answer = await gateway.call(method, path, { token: known });
      expect([path, answer.headers.get('content-type')]).toEqual([path, 'application/json; charset=utf-8']);
      expect(answer.body.status_code).toBeGreaterThanOrEqual(1000);
      expect(answer.body.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  });

  test('ids are printable ASCII, names any text without control characters (TY-01, TY-02, TY-03)', async () => {
    expect((await put({ ...wire, issuer: 'Energía Ümlaut 電' })).status).toBe(201);
    expect(await read()).toMatchObject({ issuer: 'Energía Ümlaut 電', uid: '0123ABCD' });
    const contract = is211 ? 'auth_id' : 'contract_id';
    for (const [member, value] of [
      [contract, 'NL-MSP-Ü'],
      [contract, 'tab\there'],
      ['issuer', 'line\nbreak'],
    ] as const) {
      const answer = await put({ ...wire, [member]: value });
      expect([member, answer.status, answer.body.status_code]).toEqual([member, 200, 2001]);
      expect(answer.body.status_message).toContain(member);
    }
  });

  test('a length is counted in characters (TY-05)', async () => {
    expect((await put({ ...wire, issuer: '🔌'.repeat(64) })).body.status_code).toBe(1000);
    expect((await put({ ...wire, issuer: '🔌'.repeat(65) })).body.status_code).toBe(2001);
  });

  test('a time is UTC with or without its Z, an offset is converted, anything else is refused (TY-06, TY-07)', async () => {
    for (const [text, kept] of [
      ['2025-05-01T10:00:00Z', '2025-05-01T10:00:00Z'],
      ['2025-05-01T10:00:01', '2025-05-01T10:00:01Z'],
      ['2025-05-01T10:00:02.500Z', is211 ? '2025-05-01T10:00:02Z' : '2025-05-01T10:00:02.500Z'],
      ['2025-05-01T12:00:03+02:00', '2025-05-01T10:00:03Z'],
    ]) {
      expect((await put({ ...wire, last_updated: text })).body.status_code).toBe(1000);
      expect((await read()).last_updated).toBe(kept);
    }
    for (const text of [
      '2025-05-01',
      '2025-05-01 10:00:00',
      '1746093600',
      'now',
      '2025-13-01T10:00:00Z',
      5,
    ]) {
      expect((await put({ ...wire, last_updated: text })).body.status_code).toBe(2001);
    }
  });

  test('null is absent, unknown members do no harm, PUT replaces what it leaves out (ME-01, TY-09, TY-17)', async () => {
    await put({ ...wire, visual_number: 'NL 1', language: 'nl' });
    expect(await read()).toMatchObject({ visual_number: 'NL 1', language: 'nl' });
    const answer = await put({ ...wire, visual_number: null, group_id: null, future: { any: [1] } });
    expect(answer.body.status_code).toBe(1000);
    expect(await read()).toEqual(wire);
  });

  test('a number is a number, a truth value one (TY-08, ST-08)', async () => {
    expect((await put({ ...wire, valid: 'true' })).body.status_code).toBe(2001);
    expect((await put({ ...wire, uid: 123 })).body.status_code).toBe(2001);
    if (is211) return;
    const wish = (energy_need: unknown) =>
      gateway.call('PUT', `${base}/sessions/S-1/charging_preferences`, {
        token,
        body: { profile_type: 'FAST', energy_need },
      });
    expect((await wish('5')).body.status_code).toBe(2001);
    expect(await wish(5)).toMatchObject({ body: { status_code: 1000, data: 'ACCEPTED' } }); // TR-041
  });

  test('an URL has 255 characters at most and is absolute (TY-11, TR-029)', async () => {
    const stop = (response_url: string) =>
      gateway.call('POST', `${base}/commands/STOP_SESSION`, {
        token,
        body: { response_url, session_id: 'S-1' },
      });
    const long = (length: number) => `http://127.0.0.1:1/${'x'.repeat(length - 19)}`;
    expect((await stop(long(255))).body.status_code).toBe(1000);
    for (const url of [long(256), '/result', 'result', 'ftp://127.0.0.1/result']) {
      expect((await stop(url)).body.status_code).toBe(2001);
    }
  });

  test('the parties of contracts and connections have nothing to do with each other (CR-06)', async () => {
    const contract = is211 ? { auth_id: 'DE-ABC-C1' } : { contract_id: 'DE-ABC-C1' };
    expect((await put({ ...wire, ...contract })).status).toBe(201);
  });

  test('versions can be read any number of times and change nothing (VE-10)', async () => {
    const before = structuredClone(gateway.memory.partners);
    const pages = gateway.memory.pages.length;
    for (let i = 0; i < 5; i += 1) {
      expect((await gateway.call('GET', '/ocpi/versions', { token })).body.data).toHaveLength(3);
    }
    expect(gateway.memory.partners).toEqual(before);
    expect(gateway.memory.pages).toHaveLength(pages);
  });

  test('links lead to the public address, keep the filters and end with the list (PG-01, PG-04, PG-05, PG-13)', async () => {
    gateway.memory.locations = Array.from({ length: 5 }, (_, index) => ({ ...LOCATION, id: `L-${index}` }));
    const filters = 'date_from=2025-01-01T00:00:00Z&date_to=2027-01-01T00:00:00Z';
    const first = await gateway.call('GET', `${base}/locations?${filters}&limit=2&offset=2`, { token });
    const [, link = ''] = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? [];
    const next = new URL(link);
    expect(`${next.origin}${next.pathname}`).toBe(`https://roaming.example/cpo/ocpi/${version}/locations`);
    expect(Object.fromEntries(next.searchParams)).toMatchObject({
      date_from: '2025-01-01T00:00:00Z',
      date_to: '2027-01-01T00:00:00Z',
      offset: '4',
      limit: '2',
    });
    const last = await gateway.call('GET', `${base}/locations${next.search}`, { token });
    expect([last.body.data.length, last.headers.get('link')]).toEqual([1, null]);
    for (const answer of [first, last]) expect(answer.headers.get('x-total-count')).toBe('5');
  });
});

describe.each(['2.2.1', '2.3.0'])('a hub of OCPI %s', (version) => {
  test('sends on for everyone: the owner is who the object says, the answer is for the hub (RT-04, RT-08)', async () => {
    const hubParty = { country_code: 'NL', party_id: 'HUB' };
    const status = 'CONNECTED' as const;
    const known = {
      country_code: 'NL',
      party_id: 'MSP',
      role: 'EMSP',
      status,
      last_updated: TOKEN.last_updated,
    };
    gateway.memory.tokens.clear();
    gateway.memory.partners = [
      partner(version, {
        ...(version === '2.2.1' ? {} : { hubParty }),
        roles: [{ role: version === '2.2.1' ? 'HUB' : 'EMSP', ...hubParty, name: 'Hub' }],
        hubClients: [known],
      }),
    ];
    const answer = await gateway.call('PUT', `/ocpi/${version}/tokens/NL/MSP/0123ABCD`, {
      token: `token-c-${version}`,
      body: TOKEN,
      headers: {
        'OCPI-from-country-code': 'NL',
        'OCPI-from-party-id': 'HUB',
        'OCPI-to-country-code': 'DE',
        'OCPI-to-party-id': 'RBG',
      },
    });
    expect(answer.status).toBe(201);
    const route = ['to', 'from'].map((way) => answer.headers.get(`OCPI-${way}-party-id`));
    expect(route).toEqual(['HUB', 'RBG']);
    expect([...gateway.memory.tokens.values()]).toMatchObject([{ country_code: 'NL', party_id: 'MSP' }]);
  });
});

/** A request whose header names leave as they are. */
function raw(method: string, path: string, body: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    request(`${gateway.base}${path}`, { method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    })
      .on('error', reject)
      .end(body);
  });
}
