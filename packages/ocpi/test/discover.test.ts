import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';
import { answerJson, type ScriptedPartner, startPartner, success } from './support/scripted-partner.js';

let gateway: Gateway;
let peer: ScriptedPartner;
beforeAll(async () => {
  gateway = await startGateway();
  peer = await startPartner((_request, response) => answerJson(response, 500, {}));
});
afterAll(async () => {
  await gateway.close();
  await peer.close();
});

/** What is found at a platform with these versions, whose details have these endpoints. */
async function discover(versions: string[], endpoints: (base: string) => object[]) {
  peer.requests.length = 0;
  peer.script(({ url }, response) =>
    success(
      response,
      url === '/some/where?list'
        ? versions.map((version) => ({ version, url: `${peer.base}/d/${version}?x=1`, note: 'unknown' }))
        : { version: url.slice(3, 8), endpoints: endpoints(peer.base), note: 'unknown' },
    ),
  );
  const { version: _version, ...invited } = partner('2.2.1', { status: 'registering' });
  return gateway.link.discover(invited, `${peer.base}/some/where?list`);
}

const credentials = (base: string) => [{ identifier: 'credentials', role: 'RECEIVER', url: `${base}/k` }];

test.each([
  [['2.1', '2.1.1', '2.2'], '2.1.1'],
  [['2.2', '2.2.1', '2.1.1'], '2.2.1'],
  [['2.3.0', '2.2.1', '2.1.1', '3.0'], '2.3.0'],
])(
  'of %j the highest common version is %s, wherever its URLs lead (VE-02, VE-09, TR-027)',
  async (versions, version) => {
    expect(await discover(versions, credentials)).toMatchObject({ kind: 'found', version });
    expect(peer.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /some/where?list',
      `GET /d/${version}?x=1`,
    ]);
  },
);

test('deprecated versions alone are none in common (VE-09)', async () => {
  expect(await discover(['2.0', '2.1', '2.2'], credentials)).toMatchObject({ kind: 'no-common-version' });
});

test('credentials are needed, once, in any role; other modules are not (VE-05, VE-06, CR-12)', async () => {
  for (const role of ['SENDER', 'RECEIVER']) {
    const found = await discover(['2.3.0'], (base) => [
      { identifier: 'credentials', role, url: `${base}/k` },
    ]);
    expect(found).toMatchObject({ kind: 'found', endpoints: [{ identifier: 'credentials' }] });
  }
  const none = await discover(['2.3.0'], (base) => [
    { identifier: 'locations', role: 'RECEIVER', url: `${base}/l` },
  ]);
  expect(none).toMatchObject({ kind: 'endpoints-missing' });
});

test('unknown modules do no harm, the case of an identifier does not matter, a module has two roles (VE-04, VE-07, VE-11)', async () => {
  const found = await discover(['2.3.0'], (base) => [
    ...credentials(base),
    { identifier: 'nltnm-lounge', role: 'SENDER', url: `${base}/t` },
    { identifier: 'Tokens', role: 'SENDER', url: `${base}/t`, note: 'unknown' },
    { identifier: 'tokens', role: 'RECEIVER', url: `${base}/not-this` },
    { identifier: 'cdrs', role: 'BOTH', url: `${base}/c` },
    { identifier: 'sessions', role: 'RECEIVER', url: '/relative' },
  ]);
  if (found.kind !== 'found') throw new Error(found.detail);
  peer.requests.length = 0;
  await gateway.link.tokenPage(partner('2.3.0', { endpoints: found.endpoints }));
  expect(peer.requests[0]?.url).toBe('/t');
  expect(found.endpoints.map(({ identifier }) => identifier)).not.toContain('cdrs');
  expect(found.endpoints.map(({ identifier }) => identifier)).not.toContain('sessions');
});
