import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emsp, OCPI_VERSIONS, startEmsp } from '../src/index.js';
import { type Cpo, startCpo, TOKEN_A } from './cpo.js';
import { CDR, LOCATION, SESSION } from './objects.js';

const CARD = { uid: '04A1B2', contract_id: 'NL-MSP-1' };
const SOON = '2026-03-01T10:10:00Z';

function startOwn(version: (typeof OCPI_VERSIONS)[number]): Promise<Emsp> {
  return startEmsp({ version, country_code: 'NL', party_id: 'MSP', name: 'Test eMSP', tokens: [CARD] });
}

describe.each(OCPI_VERSIONS)('eMSP on OCPI %s', (version) => {
  test('registers, pushes a token and gets the result of a command', async () => {
    const cpo = await startCpo(version);
    const emsp = await startOwn(version);
    await emsp.register(cpo.versionsUrl, TOKEN_A);
    expect(emsp.isRegistered()).toBe(true);
    expect(emsp.requests.map((request) => `${request.method} ${request.path}`)).toEqual([
      'GET /emsp/ocpi/versions',
      `GET /emsp/ocpi/${version}`,
    ]);

    await emsp.pushToken(CARD);
    const put = cpo.seen.at(-1);
    expect(put?.path).toBe(`/cpo/${version}/tokens/NL/MSP/04A1B2`);
    expect(put?.body).toMatchObject(
      version === '2.1.1' ? { auth_id: 'NL-MSP-1' } : { contract_id: 'NL-MSP-1', party_id: 'MSP' },
    );

    const sent = await emsp.startSession({ location_id: 'LOC-1', evse_uid: 'E-1', token: CARD });
    expect(sent.response).toMatchObject({ result: 'ACCEPTED' });
    expect(await sent.result).toEqual({ result: 'ACCEPTED' });
    expect(emsp.commandResults).toMatchObject([{ command: 'START_SESSION', result: { result: 'ACCEPTED' } }]);

    cpo.commandResult = 'REJECTED';
    const refused = await emsp.stopSession('S-1');
    expect(await refused.result).toBeUndefined();
    expect(emsp.conformance).toEqual([]);
    await emsp.close();
    await cpo.close();
  });
});

test('a CPO registers with the eMSP: call-back, new token, token A is void (CR-15, CR-19)', async () => {
  const cpo = await startCpo('2.2.1');
  const emsp = await startOwn('2.2.1');
  const { versionsUrl, token } = emsp.offerRegistration();
  const roles = [
    { role: 'CPO', party_id: 'RBG', country_code: 'DE', business_details: { name: 'Roambridge' } },
  ];
  const post = async (authorization: string) => {
    const response = await fetch(versionsUrl.replace('versions', '2.2.1/credentials'), {
      method: 'POST',
      headers: {
        Authorization: `Token ${Buffer.from(authorization).toString('base64')}`,
        'Content-Type': 'application/json',
        'X-Request-ID': crypto.randomUUID(),
        'X-Correlation-ID': 'c',
      },
      body: JSON.stringify({ token: TOKEN_A, url: cpo.versionsUrl, roles }),
    });
    return { status: response.status, body: await response.json() };
  };
  const answer = await post(token);
  expect(answer).toMatchObject({
    status: 200,
    body: { data: { url: versionsUrl, roles: [{ role: 'EMSP' }] } },
  });
  expect(emsp.isRegistered()).toBe(true);
  expect(emsp.conformance).toEqual([]);
  expect((await post(answer.body.data.token)).status).toBe(405);
  expect((await post(token)).status).toBe(401);
  await emsp.close();
  await cpo.close();
});

describe('eMSP as receiver, OCPI 2.2.1', () => {
  let cpo: Cpo;
  let emsp: Emsp;
  beforeEach(async () => {
    cpo = await startCpo('2.2.1');
    emsp = await startOwn('2.2.1');
    await emsp.register(cpo.versionsUrl, TOKEN_A);
  });
  afterEach(async () => {
    await emsp.close();
    await cpo.close();
  });
  const messages = () => emsp.conformance.map((finding) => finding.message);

  test('a new Location answers 201, a known one 200, an EVSE PATCH changes its status (LO-11, ST-05)', async () => {
    expect((await cpo.push('PUT', 'locations', '/DE/RBG/LOC-1', LOCATION)).status).toBe(201);
    expect((await cpo.push('PUT', 'locations', '/DE/RBG/LOC-1', LOCATION)).status).toBe(200);
    const patch = { status: 'CHARGING', last_updated: SOON };
    expect((await cpo.push('PATCH', 'locations', '/DE/RBG/LOC-1/E-1', patch)).status).toBe(200);
    expect(emsp.locations.get('LOC-1')).toMatchObject({
      last_updated: SOON,
      evses: [{ uid: 'E-1', status: 'CHARGING', last_updated: SOON, connectors: [{ id: '1' }] }],
    });
    const read = await cpo.push('GET', 'locations', '/DE/RBG/LOC-1/E-1');
    expect(read.body.data).toMatchObject({ status: 'CHARGING' });
    expect(messages()).toEqual([]);
  });

  test('a PATCH of what is not there answers 404 with 2003 and is no fault (ST-07)', async () => {
    const answer = await cpo.push('PATCH', 'locations', '/DE/RBG/NONE/E-1', {
      status: 'CHARGING',
      last_updated: SOON,
    });
    expect([answer.status, answer.body.status_code]).toEqual([404, 2003]);
    expect(messages()).toEqual([]);
  });

  test('a PATCH without last_updated is refused with 2001 and noted (ME-03)', async () => {
    await cpo.push('PUT', 'locations', '/DE/RBG/LOC-1', LOCATION);
    const answer = await cpo.push('PATCH', 'locations', '/DE/RBG/LOC-1/E-1', { status: 'CHARGING' });
    expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
    expect(messages()).toEqual(['EVSE PATCH lacks last_updated (ME-03)']);
  });

  test('faults in an object are named by their path (ST-08)', async () => {
    const { city: _, ...withoutCity } = LOCATION;
    const broken = { ...withoutCity, id: 'LOC-2', ocpp: { station_id: 'CS-1' }, time_zone: 7 };
    await cpo.push('PUT', 'locations', '/DE/RBG/LOC-2', broken);
    expect(messages()).toEqual([
      'Location.ocpp does not exist in 2.2.1',
      'Location.city is required',
      'Location.time_zone must be a string',
    ]);
    expect(emsp.locations.size).toBe(0);
  });

  test('a Session PATCH appends its periods, and COMPLETED is final (ME-04, SE-06)', async () => {
    const first = { start_date_time: SESSION.start_date_time, dimensions: [{ type: 'ENERGY', volume: 1 }] };
    const second = { start_date_time: SOON, dimensions: [{ type: 'PARKING_TIME', volume: 0.1 }] };
    await cpo.push('PUT', 'sessions', '/DE/RBG/S-1', { ...SESSION, charging_periods: [first] });
    await cpo.push('PATCH', 'sessions', '/DE/RBG/S-1', {
      kwh: 1,
      charging_periods: [second],
      last_updated: SOON,
    });
    expect(emsp.sessions.get('S-1')).toMatchObject({ kwh: 1, charging_periods: [first, second] });
    const end = { status: 'COMPLETED', end_date_time: SOON, last_updated: SOON };
    await cpo.push('PATCH', 'sessions', '/DE/RBG/S-1', end);
    expect(messages()).toEqual([]);
    await cpo.push('PATCH', 'sessions', '/DE/RBG/S-1', { status: 'ACTIVE', last_updated: SOON });
    expect(messages()).toEqual(['Session.status leaves the final status COMPLETED (SE-06)']);
  });

  test('a CDR answers 201 with its Location; the same again is no fault, another one is (CD-02, CD-04)', async () => {
    const answer = await cpo.push('POST', 'cdrs', '', CDR);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('Location')).toMatch(/\/emsp\/ocpi\/2\.2\.1\/cdrs\/C-1$/);
    expect((await cpo.push('GET', 'cdrs', '/C-1')).body.data).toEqual(CDR);
    expect((await cpo.push('POST', 'cdrs', '', CDR)).status).toBe(200);
    expect(messages()).toEqual([]);
    await cpo.push('POST', 'cdrs', '', { ...CDR, remark: 'changed' });
    expect(messages()).toEqual(['CDR C-1 was sent before with other contents (CD-04)']);
  });

  test('sums of a CDR that do not add up are noted (D2-048, CD-40, CD-42)', async () => {
    await cpo.push('POST', 'cdrs', '', {
      ...CDR,
      total_energy: 6,
      total_time: 2,
      total_cost: { excl_vat: 9 },
      cdr_token: { country_code: 'NL', party_id: 'XXX', uid: 'u', type: 'RFID', contract_id: 'c' },
    });
    expect(messages()).toEqual([
      'CDR.cdr_token belongs to NL*XXX and not to NL*MSP (CD-05)',
      'CDR.total_cost 9 is not the sum of its parts, 1.5 (CD-42)',
      'CDR.total_energy 6 is not the ENERGY of its periods, 5 (D2-048)',
      'CDR.total_time 2 is not end - start without reservation, 1 h (CD-40)',
    ]);
  });

  test('wrong token, token form and routing headers are noted (TR-004, RT-01)', async () => {
    const raw = await cpo.push('GET', 'sessions', '/DE/RBG/S-1', undefined, { Authorization: 'Token x' });
    expect(raw.status).toBe(401);
    await cpo.push('GET', 'sessions', '/DE/RBG/S-1', undefined, { 'OCPI-to-party-id': 'ABC' });
    await cpo.push('GET', 'sessions', '/FR/ABC/S-1', undefined, { 'X-Request-ID': 'same' });
    await cpo.push('GET', 'sessions', '/DE/RBG/S-1', undefined, { 'X-Request-ID': 'same' });
    expect(messages()).toEqual([
      'Authorization holds no valid token in the form of the version (TR-003, TR-004)',
      'OCPI-to is NL*ABC and not NL*MSP (RT-04)',
      'OCPI-from is DE*RBG and not the owner FR*ABC (RT-05)',
      'X-Request-ID same was used before (TR-020)',
    ]);
  });

  test('authorize answers ALLOWED for a known token and 2004 for an unknown one (TO-23, TO-24)', async () => {
    const known = await cpo.push('POST', 'tokens', '/04a1b2/authorize', { location_id: 'LOC-1' });
    expect(known.body.data).toMatchObject({ allowed: 'ALLOWED', token: { uid: '04A1B2' } });
    const unknown = await cpo.push('POST', 'tokens', '/FFFF/authorize');
    expect([unknown.status, unknown.body.status_code]).toEqual([404, 2004]);
  });

  test('lists are followed page by page (PG-04)', async () => {
    const { items, pages, total } = await emsp.pull('sessions', { date_from: '2026-01-01T00:00:00Z' });
    expect([items.map((item) => item.id), pages, total]).toEqual([['S0', 'S1', 'S2', 'S3', 'S4'], 3, 5]);
    expect(cpo.seen.filter((request) => request.path.includes('/sessions'))).toHaveLength(3);
  });

  test('an outage refuses connections and ends on the same port', async () => {
    await emsp.down();
    await expect(cpo.push('PUT', 'sessions', '/DE/RBG/S-1', SESSION)).rejects.toThrow();
    await emsp.up();
    expect((await cpo.push('PUT', 'sessions', '/DE/RBG/S-1', SESSION)).status).toBe(201);
  });

  test('an answer can be scripted, also as a cut connection', async () => {
    const remove = emsp.respondWith({ method: 'POST', path: /cdrs/ }, () => ({ status: 503, body: 'busy' }));
    await expect(cpo.push('POST', 'cdrs', '', CDR)).rejects.toThrow();
    remove();
    let calls = 0;
    emsp.respondWith({ path: '/cdrs' }, () => {
      calls += 1;
      return calls === 1 ? { drop: true } : undefined;
    });
    await expect(cpo.push('POST', 'cdrs', '', CDR)).rejects.toThrow();
    expect((await cpo.push('POST', 'cdrs', '', CDR)).status).toBe(201);
  });
});
