import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Partner } from '@roambridge/core';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';
import { answerJson, type ScriptedPartner, startPartner, success } from './support/scripted-partner.js';

const COMMON = {
  uid: '04A1B2',
  type: 'RFID',
  issuer: 'MSP One',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2026-01-01T00:00:00Z',
};
const TOKENS: Record<string, object> = {
  '2.1.1': { ...COMMON, auth_id: 'NL-1' },
  '2.2.1': { ...COMMON, country_code: 'NL', party_id: 'MSP', contract_id: 'NL-1' },
  '2.3.0': { ...COMMON, country_code: 'NL', party_id: 'MSP', contract_id: 'NL-1' },
};

let gateway: Gateway;
let emsp: ScriptedPartner;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  emsp = await startPartner((_request, response) => success(response, []));
});
afterEach(() => emsp.close());

function registered(version: string): Partner {
  return partner(version, {
    endpoints: [{ identifier: 'tokens', role: 'SENDER', url: `${emsp.base}/emsp/tokens` }],
  });
}

test.each(['2.1.1', '2.2.1', '2.3.0'])(
  'a page of the token list of OCPI %s (TO-06, PG-04)',
  async (version) => {
    emsp.script(({ url }, response) =>
      answerJson(
        response,
        200,
        { status_code: 1000, timestamp: '2026-01-01T00:00:00Z', data: [TOKENS[version], { uid: 1 }] },
        url.includes('offset') ? {} : { Link: `<${emsp.base}/emsp/tokens?offset=2>; rel="next"` },
      ),
    );
    const owner = { country_code: 'NL', party_id: 'MSP' };
    const first = await gateway.link.tokenPage(registered(version));
    expect(first).toMatchObject({
      kind: 'page',
      tokens: [{ ...owner, ...COMMON, contract_id: 'NL-1' }],
      unreadable: 1,
      next: `${emsp.base}/emsp/tokens?offset=2`,
    });
    const next = first.kind === 'page' ? first.next : undefined;
    const second = await gateway.link.tokenPage(registered(version), next);
    expect(second).not.toHaveProperty('next');
    expect(emsp.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /emsp/tokens',
      'GET /emsp/tokens?offset=2',
    ]);
  },
);

test.each([
  ['https://elsewhere.example/tokens?offset=1', 'another host'],
  ['https://127.0.0.1:1/emsp/tokens?offset=1', 'another host'],
  ['http://', 'no URL'],
])(
  'a Link to %s is neither followed nor taken for the end of the list (PG-09, PG-13)',
  async (target, why) => {
    emsp.script((_request, response) =>
      answerJson(
        response,
        200,
        { status_code: 1000, timestamp: '2026-01-01T00:00:00Z', data: [] },
        { Link: `<${target}>; rel="next"` },
      ),
    );
    expect(await gateway.link.tokenPage(registered('2.2.1'))).toEqual({
      kind: 'unreachable',
      detail: expect.stringContaining(why),
    });
  },
);

test('an error is no list; how many tokens there are is told where the partner says so (PG-05)', async () => {
  emsp.script((_request, response) =>
    answerJson(
      response,
      200,
      { status_code: 1000, timestamp: '2026-01-01T00:00:00Z', data: [] },
      { 'X-Total-Count': '7' },
    ),
  );
  expect(await gateway.link.tokenPage(registered('2.2.1'))).toMatchObject({ kind: 'page', total: 7 });
  emsp.script((_request, response) =>
    answerJson(response, 200, { status_code: 3000, timestamp: '2026-01-01T00:00:00Z' }),
  );
  expect(await gateway.link.tokenPage(registered('2.2.1'))).toMatchObject({ kind: 'unreachable' });
});
