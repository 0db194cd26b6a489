import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner, TOKEN } from './support/samples.js';

const RESPONSE_URL = 'http://127.0.0.1:1/result?id=1';

describe.each(['2.1.1', '2.2.1', '2.3.0'])('commands of OCPI %s', (version) => {
  const is211 = version === '2.1.1';
  const { country_code: _cc, party_id: _party, contract_id, ...rest } = TOKEN;
  const token = is211 ? { ...rest, auth_id: contract_id } : TOKEN;
  const start = { response_url: RESPONSE_URL, token, location_id: 'L-1', evse_uid: 'E-1' };
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
    gateway.memory.locations = [LOCATION];
  });
  afterEach(() => gateway.close());

  async function send(name: string, body: unknown) {
    const answer = await gateway.call('POST', `/ocpi/${version}/commands/${name}`, {
      token: `token-c-${version}`,
      body,
    });
    return { http: answer.status, code: answer.body.status_code, data: answer.body.data, body: answer.body };
  }

  test('START_SESSION is handed on with its token and answered at once (CO-01 to CO-03)', async () => {
    expect(await send('START_SESSION', start)).toMatchObject({
      http: 200,
      code: 1000,
      data: is211 ? { result: 'ACCEPTED' } : { result: 'ACCEPTED', timeout: 40 },
    });
    expect(gateway.memory.commands).toEqual([{ ...start, token: TOKEN }]);
  });

  test('STOP_SESSION of an unknown session is 1000 with UNKNOWN_SESSION (ST-20)', async () => {
    gateway.memory.answer = { result: 'UNKNOWN_SESSION', timeoutSeconds: 40 };
    const answer = await send('STOP_SESSION', { response_url: RESPONSE_URL, session_id: 'S-9' });
    expect(answer).toMatchObject({ http: 200, code: 1000, data: { result: 'UNKNOWN_SESSION' } });
    expect(gateway.memory.commands).toEqual([{ response_url: RESPONSE_URL, session_id: 'S-9' }]);
  });

  test('an unknown location is 2003 beside REJECTED (ST-19)', async () => {
    gateway.memory.answer = {
      result: 'REJECTED',
      timeoutSeconds: 40,
      message: 'No such EVSE',
      unknownLocation: true,
    };
    const answer = await send('START_SESSION', start);
    expect(answer).toMatchObject({
      http: 200,
      code: 2003,
      data: is211
        ? { result: 'REJECTED' }
        : { result: 'REJECTED', timeout: 40, message: [{ language: 'en', text: 'No such EVSE' }] },
    });
  });

  test('what is missing or wrong is named (CO-13, ST-08)', async () => {
    const cases: [string, object, string][] = [
      ['START_SESSION', { ...start, response_url: undefined }, 'response_url: is required'],
      ['START_SESSION', { ...start, response_url: 'javascript:alert(1)' }, 'response_url: '],
      ['START_SESSION', { ...start, response_url: '/results/1' }, 'response_url: '],
      ['START_SESSION', { ...start, response_url: 'http://user:pass@127.0.0.1/' }, 'response_url: '],
      ['START_SESSION', { ...start, token: undefined }, 'token: is required'],
      ['START_SESSION', { ...start, token: { ...token, uid: 7 } }, 'token.uid: '],
      ['START_SESSION', { ...start, location_id: 'x'.repeat(40) }, 'location_id: '],
      ['STOP_SESSION', { response_url: RESPONSE_URL }, 'session_id: is required'],
    ];
    for (const [name, body, message] of cases) {
      const answer = await send(name, body);
      expect([answer.http, answer.code]).toEqual([200, 2001]);
      expect(answer.body.status_message).toContain(message);
    }
    expect(gateway.memory.commands).toEqual([]);
  });

  test('RESERVE_NOW is handed on with the id of the partner as text (CO-16, MP-12)', async () => {
    const reserve = { ...start, expiry_date: '2026-03-01T10:30:00Z' };
    await send('RESERVE_NOW', { ...reserve, reservation_id: is211 ? 17 : 'RES-ABC' });
    expect(gateway.memory.commands).toEqual([
      { ...reserve, token: TOKEN, reservation_id: is211 ? '17' : 'RES-ABC' },
    ]);
    for (const [body, message] of [
      [{ ...reserve, reservation_id: is211 ? 'RES-ABC' : 17 }, 'reservation_id: '],
      [{ ...reserve, reservation_id: undefined }, 'reservation_id: is required'],
      [{ ...start, reservation_id: is211 ? 17 : 'RES-ABC' }, 'expiry_date: is required'],
    ] as const) {
      const answer = await send('RESERVE_NOW', body);
      expect([answer.http, answer.code]).toEqual([200, 2001]);
      expect(answer.body.status_message).toContain(message);
    }
  });

  test('CANCEL_RESERVATION is a command of 2.2 and later (CO-19)', async () => {
    const cancel = { response_url: RESPONSE_URL, reservation_id: 'RES-ABC' };
    const answer = await send('CANCEL_RESERVATION', cancel);
    expect([answer.http, answer.code]).toEqual(is211 ? [404, 2001] : [200, 1000]);
    expect(gateway.memory.commands).toEqual(is211 ? [] : [cancel]);
  });

  test('UNLOCK_CONNECTOR needs location, EVSE and connector (CO-21)', async () => {
    const unlock = {
      response_url: RESPONSE_URL,
      location_id: 'L-1',
      evse_uid: 'E-1',
      connector_id: '1',
    };
    expect((await send('UNLOCK_CONNECTOR', unlock)).data).toMatchObject({ result: 'ACCEPTED' });
    expect(gateway.memory.commands).toEqual([unlock]);
    for (const name of ['location_id', 'evse_uid', 'connector_id']) {
      const answer = await send('UNLOCK_CONNECTOR', { ...unlock, [name]: undefined });
      expect(answer.body.status_message).toContain(`${name}: is required`);
    }
  });

  test('unknown commands depend on the version (CO-24)', async () => {
    const unknown = await send('MAKE_COFFEE', {});
    expect(unknown).toMatchObject(
      version === '2.3.0'
        ? { http: 200, code: 1000, data: { result: 'NOT_SUPPORTED', timeout: 0 } }
        : { http: 404, code: 2001 },
    );
  });
});

describe.each(['2.2.1', '2.3.0'])('connectors and owners in START_SESSION of OCPI %s', (version) => {
  test('are checked before core is asked (CO-10, CO-13, LO-37)', async () => {
    const gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
    const [evse] = LOCATION.evses;
    gateway.memory.locations = [
      { ...LOCATION, evses: [{ ...evse!, capabilities: ['START_SESSION_CONNECTOR_REQUIRED'] }] },
    ];
    const start = { response_url: RESPONSE_URL, token: TOKEN, location_id: 'L-1' };
    const message = async (body: object) =>
      (
        await gateway.call('POST', `/ocpi/${version}/commands/START_SESSION`, {
          token: `token-c-${version}`,
          body,
        })
      ).body.status_message;
    expect(await message({ ...start, connector_id: '1' })).toBe('connector_id: needs evse_uid');
    expect(await message({ ...start, evse_uid: 'e-1' })).toBe('connector_id: is required for this EVSE');
    expect(await message({ ...start, token: { ...TOKEN, party_id: 'XXX' } })).toContain('token: ');
    expect(gateway.memory.commands).toEqual([]);
    const full = { ...start, evse_uid: 'E-1', connector_id: '1', authorization_reference: 'R' };
    expect(await message(full)).toBe('Success');
    expect(gateway.memory.commands).toEqual([full]);
    await gateway.close();
  });
});

test.each([
  'http://partner.example/result',
  'https://127.0.0.1/result',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/result',
  'https://no-such-host.invalid/result',
])(
  'a response_url of %s is refused where private URLs are not allowed (CO-08, S10)',
  async (response_url) => {
    const gateway = await startGateway({ allowPrivate: false });
    gateway.memory.partners = [partner('2.2.1')];
    const answer = await gateway.call('POST', '/ocpi/2.2.1/commands/STOP_SESSION', {
      token: 'token-c-2.2.1',
      body: { response_url, session_id: 'S-1' },
    });
    expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
    expect(answer.body.status_message).toContain('response_url: ');
    expect(gateway.memory.commands).toEqual([]);
    await gateway.close();
  },
);
