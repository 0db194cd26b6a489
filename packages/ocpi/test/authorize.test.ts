import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AuthorizationQuestion, Partner } from '@roambridge/core';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';
import { answerJson, type ScriptedPartner, startPartner, success } from './support/scripted-partner.js';

const OWNER = { country_code: 'DE', party_id: 'RBG' };
const PLACE = { location_id: 'L-1', evse_uids: ['E-1', 'E-2'] };
const TOKEN = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '04A1B2',
  type: 'RFID',
  contract_id: 'NL-MSP-1',
  issuer: 'MSP One',
  valid: true,
  whitelist: 'NEVER',
  last_updated: '2026-01-01T00:00:00Z',
};
/** No measure of anything but where an eMSP keeps silent. */
const TIMEOUT_MS = 30_000;
const SILENCE_MS = 300;

const question = (changes: Partial<AuthorizationQuestion> = {}): AuthorizationQuestion => ({
  uid: '04A1B2',
  type: 'RFID',
  from: OWNER,
  to: { country_code: 'NL', party_id: 'MSP' },
  location: { locationId: 'L-1', evseUids: ['E-1', 'E-2'] },
  ...changes,
});

let gateway: Gateway;
let emsp: ScriptedPartner;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  emsp = await startPartner((_request, response) => success(response, { allowed: 'ALLOWED' }));
});
afterEach(() => emsp.close());

function registered(version: string, changes: Partial<Partner> = {}): Partner {
  return partner(version, {
    endpoints: [{ identifier: 'tokens', role: 'SENDER', url: `${emsp.base}/emsp/tokens` }],
    ...changes,
  });
}

const ask = (version: string, changes?: Partial<AuthorizationQuestion>) =>
  gateway.link.authorize(registered(version), question(changes), TIMEOUT_MS);

describe.each(['2.1.1', '2.2.1', '2.3.0'])('real-time authorization of OCPI %s', (version) => {
  test('the question is a POST of the place below the token, with its type (TO-20, TO-21)', async () => {
    expect(await ask(version)).toEqual({ kind: 'answered', allowed: 'ALLOWED' });
    const [request] = emsp.requests;
    expect(`${request?.method} ${request?.url}`).toBe('POST /emsp/tokens/04A1B2/authorize?type=RFID');
    expect(request?.body).toEqual(PLACE);
    expect(request?.headers['ocpi-to-party-id']).toBe(version === '2.1.1' ? undefined : 'MSP');
  });

  test('a station without a location is asked about without one, a uid is percent-encoded', async () => {
    const { location: _, ...somewhere } = question({ uid: 'a/b c', type: 'EMAID' });
    await gateway.link.authorize(registered(version), somewhere, TIMEOUT_MS);
    const type = version === '2.1.1' ? 'OTHER' : 'EMAID';
    expect(emsp.requests[0]?.url).toBe(`/emsp/tokens/a%2Fb%20c/authorize?type=${type}`);
    expect(emsp.requests[0]?.body).toBeUndefined();
  });

  test.each(['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED'])(
    '%s is told (TO-25)',
    async (allowed) => {
      emsp.script((_request, response) => success(response, { allowed, token: TOKEN }));
      expect(await ask(version)).toMatchObject({ kind: 'answered', allowed });
    },
  );

  test('the limit to EVSEs, the reference, the token and the text for the driver are told (TO-24 to TO-27)', async () => {
    emsp.script((_request, response) =>
      success(response, {
        allowed: 'ALLOWED',
        token: TOKEN,
        location: { location_id: 'L-1', evse_uids: ['E-1'], connector_ids: ['1'] },
        authorization_reference: 'AR-1',
        info: { language: 'en', text: 'Welcome' },
      }),
    );
    const old = version === '2.1.1';
    expect(await ask(version)).toEqual({
      kind: 'answered',
      allowed: 'ALLOWED',
      info: 'Welcome',
      location: { locationId: 'L-1', evseUids: ['E-1'], connectorIds: old ? ['1'] : [] },
      ...(old ? {} : { token: TOKEN, authorizationReference: 'AR-1' }),
    });
  });

  test.each([
    [404, 2004],
    [404, 2000],
    [200, 2004],
  ])('HTTP %i with status %i is an unknown token (TO-23)', async (http, status_code) => {
    emsp.script((_request, response) =>
      answerJson(response, http, { status_code, timestamp: '2025-06-01T12:00:00Z' }),
    );
    expect(await ask(version)).toEqual({ kind: 'unknown-token' });
  });

  test('2002 asks for more information (TO-22)', async () => {
    emsp.script((_request, response) =>
      answerJson(response, 200, { status_code: 2002, timestamp: '2025-06-01T12:00:00Z' }),
    );
    expect(await ask(version)).toEqual({ kind: 'not-enough-information' });
  });

  test.each([
    [500, { status_code: 3000 }],
    [401, { status_code: 2000 }],
    [200, { status_code: 1000, data: { allowed: 'PERHAPS' } }],
    [200, { status_code: 1000 }],
    [200, 'hello'],
  ])('HTTP %i %j is no answer, so the rules for silence hold (9.1)', async (http, body) => {
    emsp.script((_request, response) => answerJson(response, http, body));
    expect(await ask(version)).toMatchObject({ kind: 'unreachable' });
  });

  test('an eMSP that takes too long has not answered (TO-30)', async () => {
    emsp.script(() => undefined);
    const answer = await gateway.link.authorize(registered(version), question(), SILENCE_MS);
    expect(answer).toMatchObject({ kind: 'unreachable' });
  });
});

test('what is wrong with the rest of an answer does not turn a yes into a no', async () => {
  emsp.script((_request, response) =>
    success(response, {
      allowed: 'ALLOWED',
      token: { uid: 1 },
      info: 'x',
      authorization_reference: 'r'.repeat(40),
    }),
  );
  expect(await ask('2.2.1')).toEqual({ kind: 'answered', allowed: 'ALLOWED' });
});

test('a partner without a tokens sender cannot be asked', async () => {
  const mute = registered('2.2.1', { endpoints: [] });
  expect(await gateway.link.authorize(mute, question(), TIMEOUT_MS)).toMatchObject({
    kind: 'not-applicable',
  });
});
