import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';

const RESPONSE_URL = 'http://127.0.0.1:1/result';
const PROFILE = {
  start_date_time: '2026-03-01T10:10:00Z',
  duration: 3600,
  charging_rate_unit: 'A',
  min_charging_rate: 6,
  charging_profile_period: [
    { start_period: 0, limit: 16 },
    { start_period: 1800, limit: 10.5 },
  ],
};

describe.each(['2.2.1', '2.3.0'])('charging profiles of OCPI %s', (version) => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
  });
  afterEach(() => gateway.close());

  const send = (method: string, path: string, body?: unknown) =>
    gateway.call(method, `/ocpi/${version}${path}`, {
      token: `token-c-${version}`,
      ...(body === undefined ? {} : { body }),
    });

  test('PUT, GET and DELETE are handed on and answered at once with a time-out (CP-01, CP-03)', async () => {
    const set = { charging_profile: PROFILE, response_url: RESPONSE_URL };
    const answers = [
      await send('PUT', '/chargingprofiles/S-1', set),
      await send(
        'GET',
        `/chargingprofiles/S-1?duration=900&response_url=${encodeURIComponent(RESPONSE_URL)}`,
      ),
      await send('DELETE', `/chargingprofiles/S-1?response_url=${encodeURIComponent(RESPONSE_URL)}`),
    ];
    for (const { status, body } of answers) {
      expect([status, body.status_code, body.data]).toEqual([200, 1000, { result: 'ACCEPTED', timeout: 40 }]);
    }
    expect(gateway.memory.commands).toEqual([
      { ...set, session_id: 'S-1' },
      { response_url: RESPONSE_URL, session_id: 'S-1', duration: 900 },
      { response_url: RESPONSE_URL, session_id: 'S-1' },
    ]);
  });

  test('a refusal is an answer like any other, and says no more than its result (CP-04)', async () => {
    gateway.memory.profileAnswer = { result: 'TOO_OFTEN', timeoutSeconds: 40, message: 'too soon' };
    const { status, body } = await send('PUT', '/chargingprofiles/S-1', {
      charging_profile: PROFILE,
      response_url: RESPONSE_URL,
    });
    expect([status, body.status_code, body.data]).toEqual([200, 1000, { result: 'TOO_OFTEN', timeout: 40 }]);
  });

  test('a response_url that came unencoded keeps its own query (CP-02)', async () => {
    const own = 'http://127.0.0.1:1/result?id=7&kind=get';
    await send('GET', `/chargingprofiles/S-1?duration=900&response_url=${own}`);
    await send('GET', `/chargingprofiles/S-1?response_url=${own}&duration=900`);
    await send('DELETE', `/chargingprofiles/S-1?response_url=${encodeURIComponent(own)}`);
    expect(gateway.memory.commands.map(({ response_url }) => response_url)).toEqual([own, own, own]);
  });

  test('what is missing or wrong is named (CP-01, ST-08)', async () => {
    const url = encodeURIComponent(RESPONSE_URL);
    const cases: [string, string, object | undefined, string][] = [
      ['GET', `/chargingprofiles/S-1?response_url=${url}`, undefined, 'duration: is required'],
      ['GET', `/chargingprofiles/S-1?duration=-5&response_url=${url}`, undefined, 'duration: '],
      ['GET', '/chargingprofiles/S-1?duration=900', undefined, 'response_url: is required'],
      ['DELETE', '/chargingprofiles/S-1?response_url=nowhere', undefined, 'response_url: '],
      ['PUT', '/chargingprofiles/S-1', { charging_profile: PROFILE }, 'response_url: is required'],
      [
        'PUT',
        '/chargingprofiles/S-1',
        { charging_profile: { ...PROFILE, charging_rate_unit: 'kW' }, response_url: RESPONSE_URL },
        'charging_profile.charging_rate_unit: ',
      ],
    ];
    for (const [method, path, body, message] of cases) {
      const answer = await send(method, path, body);
      expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
      expect(answer.body.status_message).toContain(message);
    }
    expect(gateway.memory.commands).toEqual([]);
  });

  test('charging preferences are answered with one word (SE-30, SE-32)', async () => {
    const preferences = {
      profile_type: 'GREEN',
      departure_time: '2026-03-01T18:00:00Z',
      energy_need: 20.5,
      discharge_allowed: false,
    };
    gateway.memory.preferencesAnswer = { kind: 'answered', result: 'PROFILE_TYPE_NOT_SUPPORTED' };
    const { status, body } = await send('PUT', '/sessions/S-1/charging_preferences', preferences);
    expect([status, body.status_code, body.data]).toEqual([200, 1000, 'PROFILE_TYPE_NOT_SUPPORTED']);
    expect(gateway.memory.preferences).toEqual([{ sessionId: 'S-1', preferences }]);
    const wrong = await send('PUT', '/sessions/S-1/charging_preferences', { profile_type: 'BLUE' });
    expect([wrong.status, wrong.body.status_code]).toEqual([200, 2001]);
  });

  test.each([
    ['unknown-session', 'SE-34'],
    ['not-capable', 'SE-31'],
  ] as const)('%s is 404 with 2001 (%s)', async (kind) => {
    gateway.memory.preferencesAnswer = { kind };
    const { status, body } = await send('PUT', '/sessions/S-1/charging_preferences', {
      profile_type: 'FAST',
    });
    expect([status, body.status_code]).toEqual([404, 2001]);
  });

  test('the module is offered, as receiver (VE-03)', async () => {
    const { body } = await send('GET', '');
    expect(body.data.endpoints).toContainEqual({
      identifier: 'chargingprofiles',
      role: 'RECEIVER',
      url: `${gateway.base}/ocpi/${version}/chargingprofiles`,
    });
  });
});

test('OCPI 2.1.1 has neither charging profiles nor preferences, and says so (CP, SE-30)', async () => {
  const gateway = await startGateway();
  gateway.memory.partners = [partner('2.1.1')];
  const send = (method: string, path: string, body?: object) =>
    gateway.call(method, `/ocpi/2.1.1${path}`, {
      token: 'token-c-2.1.1',
      ...(body === undefined ? {} : { body }),
    });
  const { body } = await send('GET', '');
  expect(JSON.stringify(body.data)).not.toContain('chargingprofiles');
  const answers = [
    await send('PUT', '/chargingprofiles/S-1', { charging_profile: PROFILE, response_url: RESPONSE_URL }),
    await send('PUT', '/sessions/S-1/charging_preferences', { profile_type: 'FAST' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  expect(gateway.memory.commands).toEqual([]);
  await gateway.close();
});
