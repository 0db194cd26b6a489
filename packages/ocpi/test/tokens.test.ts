import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner, TOKEN } from './support/samples.js';

const WIRE_22 = {
  ...TOKEN,
  visual_number: null,
  energy_contract: { supplier_name: 'Green', contract_id: null },
};
const WIRE_211 = {
  uid: '0123ABCD',
  type: 'RFID',
  auth_id: 'NL-MSP-C00001',
  issuer: 'MSP One',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2025-05-01T10:00:00Z',
};

describe.each(['2.1.1', '2.2.1', '2.3.0'])('tokens of OCPI %s', (version) => {
  const wire = version === '2.1.1' ? WIRE_211 : WIRE_22;
  const stored = version === '2.1.1' ? WIRE_211 : { ...TOKEN, energy_contract: { supplier_name: 'Green' } };
  const unknown = version === '2.1.1' ? 2001 : 2004;
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
  });
  afterEach(() => gateway.close());

  const send = (method: string, body?: unknown, path = '/NL/MSP/0123ABCD') =>
    gateway.call(method, `/ocpi/${version}/tokens${path}`, {
      token: `token-c-${version}`,
      ...(body === undefined ? {} : { body }),
    });

  test('a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)', async () => {
    const created = await send('PUT', { ...wire, future_member: { a: 1 } });
    expect([created.status, created.body.status_code, created.body.data]).toEqual([201, 1000, undefined]);
    expect((await send('GET')).body.data).toEqual(stored);
    const replaced = await send('PUT', { ...wire, valid: false });
    expect(replaced.status).toBe(200);
    expect((await send('GET')).body.data.valid).toBe(false);
    expect([...gateway.memory.tokens.values()][0]).toMatchObject({
      country_code: 'NL',
      party_id: 'MSP',
      contract_id: 'NL-MSP-C00001',
    });
  });

  test('an unknown token is HTTP 404 for GET and PATCH (ST-04, ST-07)', async () => {
    for (const answer of [
      await send('GET'),
      await send('PATCH', { valid: false, last_updated: TOKEN.last_updated }),
    ]) {
      expect([answer.status, answer.body.status_code]).toEqual([404, unknown]);
    }
  });

  test('PATCH changes only what it names (ME-02) and needs last_updated from 2.2 on (ST-10)', async () => {
    await send('PUT', wire);
    const without = await send('PATCH', { valid: false });
    expect([without.status, without.body.status_code]).toEqual([200, version === '2.1.1' ? 1000 : 2001]);
    const patched = await send('PATCH', { whitelist: 'NEVER', last_updated: '2025-06-01T10:00:00Z' });
    expect([patched.status, patched.body.status_code]).toEqual([200, 1000]);
    expect((await send('GET')).body.data).toEqual({
      ...stored,
      valid: version !== '2.1.1',
      whitelist: 'NEVER',
      last_updated: '2025-06-01T10:00:00Z',
    });
    const wrong = await send('PATCH', { whitelist: 'SOMETIMES', last_updated: '2025-06-01T10:00:00Z' });
    expect(wrong.body.status_code).toBe(2001);
    const moved = await send('PATCH', { uid: 'OTHER', last_updated: '2025-06-01T10:00:00Z' });
    expect(moved.body.status_message).toContain('uid');
  });

  test('is never deleted, and a member that a PATCH says is null stays as it is (TO-01, trap 20)', async () => {
    await send('PUT', { ...wire, visual_number: 'DF-1' });
    for (const method of ['POST', 'DELETE']) {
      const answer = await send(method);
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET, PUT, PATCH']);
    }
    await send('PATCH', { visual_number: null, last_updated: '2025-06-01T10:00:00Z' });
    expect((await send('GET')).body.data).toMatchObject({ uid: '0123ABCD', visual_number: 'DF-1' });
  });

  test('a party that is not of the connection is HTTP 404 (ST-11)', async () => {
    const answer = await send('PUT', wire, '/NL/XXX/0123ABCD');
    expect([answer.status, answer.body.status_code]).toEqual([404, 2000]);
    expect((await send('PUT', wire, '/nl/msp/0123ABCD')).status).toBe(201);
  });

  test('what is missing or wrong is named (ST-08, ST-09, TY-05)', async () => {
    const cases: [object, string][] = [
      [{ ...wire, issuer: undefined }, 'issuer: is required'],
      [{ ...wire, uid: 'x'.repeat(37) }, 'uid: must not be longer than 36'],
      [{ ...wire, uid: 'FFFF' }, 'uid: differs from the URL'],
      [{ ...wire, valid: 'yes' }, 'valid: '],
      [{ ...wire, whitelist: 'SOMETIMES' }, 'whitelist: '],
      [{ ...wire, last_updated: '01.05.2025' }, 'last_updated: '],
      [{ ...wire, issuer: 'a\nb' }, 'issuer: must not contain control characters'],
    ];
    for (const [body, message] of cases) {
      const answer = await send('PUT', body);
      expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
      expect(answer.body.status_message).toContain(message);
    }
  });

  test('token types are closed up to 2.2.1 and open in 2.3.0 (TY-16, TY-18)', async () => {
    const answer = await send('PUT', { ...wire, type: 'EMAID' });
    expect(answer.body.status_code).toBe(version === '2.3.0' ? 1000 : 2001);
  });
});

describe.each(['2.2.1', '2.3.0'])('token identity of OCPI %s', (version) => {
  test('type is part of it; the body wins where the URL has none (TO-02, TO-03)', async () => {
    const gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
    const send = (method: string, path: string, body?: unknown) =>
      gateway.call(method, `/ocpi/${version}/tokens/NL/MSP/${path}`, {
        token: `token-c-${version}`,
        ...(body === undefined ? {} : { body }),
      });
    const app = { ...TOKEN, type: 'APP_USER' };
    expect((await send('PUT', '0123ABCD', app)).status).toBe(201);
    expect((await send('GET', '0123ABCD')).status).toBe(404); // RFID by default
    expect((await send('GET', '0123abcd?type=APP_USER')).body.data).toEqual(app);
    expect((await send('PUT', '0123ABCD?type=RFID', app)).body.status_message).toContain('type');
    const other = await send('PUT', '0123ABCD', { ...TOKEN, party_id: 'XXX' });
    expect([other.status, other.body.status_code]).toEqual([200, 2001]); // TR-033
    await gateway.close();
  });
});

test('in 2.1.1 the body tells the type, uids differ by case, and OTHER stays what it is (TO-02, TO-08, MP-11)', async () => {
  const gateway = await startGateway();
  gateway.memory.partners = [partner('2.1.1')];
  const send = (method: string, path: string, body?: unknown) =>
    gateway.call(method, `/ocpi/2.1.1/tokens/NL/MSP/${path}`, {
      token: 'token-c-2.1.1',
      ...(body === undefined ? {} : { body }),
    });
  const other = { ...WIRE_211, type: 'OTHER' };
  expect((await send('PUT', '0123ABCD?type=RFID', other)).status).toBe(201);
  expect((await send('GET', '0123ABCD')).body.data).toEqual(other);
  expect((await send('GET', '0123abcd')).status).toBe(404);
  expect([...gateway.memory.tokens.values()]).toMatchObject([
    { country_code: 'NL', party_id: 'MSP', type: 'OTHER', contract_id: 'NL-MSP-C00001' },
  ]);
  const { auth_id: _auth, ...nameless } = WIRE_211;
  for (const body of [nameless, { ...WIRE_211, type: 'APP_USER' }]) {
    expect((await send('PUT', '0123ABCD', body)).body.status_code).toBe(2001);
  }
  await gateway.close();
});
