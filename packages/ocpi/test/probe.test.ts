import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Partner, ProbeReport } from '@roambridge/core';
import { credentialsBody, endpointsOf } from './support/emsp.js';
import { type Gateway, startGateway } from './support/gateway.js';
import { NOW, partner } from './support/samples.js';
import {
  answerJson,
  type ScriptedPartner,
  type SeenRequest,
  startPartner,
} from './support/scripted-partner.js';

/** What a platform does; each test bends one thing. */
const GOOD = {
  versions: ['2.1.1', '2.2.1'],
  checksToken: true,
  bothForms: false,
  echoes: true,
  clockMs: 0,
  total: '3' as string | undefined,
  limited: true,
  offsets: true,
  link: (base: string): string | undefined => `<${base}/2.2.1/tokens?offset=2&limit=2>; rel="next"`,
  parties: [{ role: 'EMSP', party_id: 'MSP', country_code: 'NL', business_details: { name: 'MSP' } }],
  endpoints: (base: string) => endpointsOf('2.2.1', base),
};

let gateway: Gateway;
let peer: ScriptedPartner;
let known: Partner;
let platform: typeof GOOD;

beforeAll(async () => {
  gateway = await startGateway();
  peer = await startPartner((request, response) => {
    const { status, data, headers } = answerOf(request);
    const echoed = platform.echoes
      ? {
          'X-Request-ID': String(request.headers['x-request-id']),
          'X-Correlation-ID': String(request.headers['x-correlation-id']),
        }
      : {};
    const timestamp = new Date(NOW + platform.clockMs).toISOString();
    const body = status === 200 ? { data, status_code: 1000, timestamp } : { status_code: 2000, timestamp };
    answerJson(response, status, body, { ...echoed, ...headers });
  });
  known = partner('2.2.1', { versionsUrl: `${peer.base}/versions`, endpoints: usable() });
});
beforeEach(() => {
  platform = { ...GOOD };
});
afterAll(async () => {
  await gateway.close();
  await peer.close();
});

/** The endpoints that were stored at the registration: those that could be used. */
function usable(): Partner['endpoints'] {
  return [
    { identifier: 'credentials', role: 'RECEIVER', url: `${peer.base}/2.2.1/credentials` },
    { identifier: 'locations', role: 'RECEIVER', url: `${peer.base}/2.2.1/locations` },
    { identifier: 'tokens', role: 'SENDER', url: `${peer.base}/2.2.1/tokens` },
  ];
}

function answerOf({ url, headers }: SeenRequest): { status: number; data?: unknown; headers?: object } {
  const { base } = peer;
  const token = known.outboundToken ?? '';
  const forms = [Buffer.from(token).toString('base64'), ...(platform.bothForms ? [token] : [])];
  const isKnown = forms.some((form) => headers.authorization === `Token ${form}`);
  if (platform.checksToken && !isKnown) return { status: 401 };
  const { pathname, searchParams } = new URL(url, base);
  if (pathname === '/versions') {
    return {
      status: 200,
      data: platform.versions.map((version) => ({ version, url: `${base}/${version}` })),
    };
  }
  if (pathname === '/2.2.1') {
    return { status: 200, data: { version: '2.2.1', endpoints: platform.endpoints(base) } };
  }
  if (pathname === '/2.2.1/credentials') {
    const credentials = credentialsBody('2.2.1', { versionsUrl: `${base}/versions`, token: 'their-own' });
    return { status: 200, data: { ...credentials, roles: platform.parties } };
  }
  const all = [{ uid: '1' }, { uid: '2' }, { uid: '3' }];
  const from = platform.offsets ? Number(searchParams.get('offset') ?? 0) : 0;
  const data = all.slice(from, platform.limited ? from + Number(searchParams.get('limit') ?? 50) : undefined);
  const link = from === 0 ? platform.link(base) : undefined;
  return {
    status: 200,
    data,
    headers: {
      ...(platform.total === undefined ? {} : { 'X-Total-Count': platform.total }),
      'X-Limit': '50',
      ...(link === undefined ? {} : { Link: link }),
    },
  };
}

const run = () => gateway.link.probe(known);
const problems = ({ findings }: ProbeReport) =>
  findings.filter(({ verdict }) => verdict === 'problem' || verdict === 'warning');

test('a platform that does everything right has nothing but interfaces that it does not offer', async () => {
  const report = await run();
  expect(report).toMatchObject({ version: '2.2.1', requests: expect.any(Number), clockOffsetMs: 0 });
  expect(new Set(report.findings.map(({ check }) => check))).toEqual(
    new Set([
      'versions',
      'endpoints',
      'authentication',
      'credentials',
      'envelope',
      'paging',
      'clock',
      'latency',
    ]),
  );
  const remarks = problems(report).map(({ finding }) => finding);
  expect(remarks.filter((text) => !/TLS|tariffs|sessions|cdrs|no use to us/.test(text))).toEqual([]);
  expect(report.findings.map(({ finding }) => finding)).toContain('A wrong token is refused with HTTP 401.');
  expect(peer.requests.every(({ method }) => method === 'GET')).toBe(true);
  // What was asked is in the journal like everything else.
  expect(gateway.memory.exchanges.splice(0)).toHaveLength(report.requests);
});

test.each<[string, Partial<typeof GOOD>, string]>([
  ['versions', { versions: ['2.2.1', '2.3.0'] }, 'both sides have 2.3.0'],
  ['versions', { versions: ['2.1.1'] }, 'is not offered any more'],
  ['endpoints', { endpoints: (base) => endpointsOf('2.2.1', `${base}/moved`) }, 'Endpoints changed'],
  ['authentication', { checksToken: false }, 'as if it were valid'],
  ['credentials', { parties: [{ ...GOOD.parties[0]!, party_id: 'NEW' }] }, 'NL*NEW'],
  ['envelope', { echoes: false }, 'do not repeat X-Request-ID'],
  ['paging', { total: undefined }, 'X-Total-Count is missing'],
  ['paging', { limited: false }, 'ignores limit=2'],
  ['paging', { link: () => undefined }, 'names no next one'],
  ['paging', { link: () => '<https://elsewhere.example/tokens>; rel="next"' }, 'another host'],
  ['paging', { link: (base) => `<${base}/2.2.1/tokens?offset=1&limit=2>; rel="next"` }, 'repeats tokens'],
  ['paging', { offsets: false }, 'does not end'],
  ['clock', { clockMs: 90_000 }, '90 s ahead of ours'],
  ['clock', { clockMs: -10_000 }, '10 s behind ours'],
])('%s: %j is told in plain words', async (check, bent, words) => {
  platform = { ...GOOD, ...bent };
  const found = problems(await run()).filter((one) => one.check === check);
  expect(found.map(({ finding }) => finding).join(' ')).toContain(words);
});

test('a platform that is down, and a partner that is not registered, are said to be so', async () => {
  const away = { ...known, versionsUrl: 'http://127.0.0.1:1/versions', endpoints: [] };
  const found = problems(await gateway.link.probe(away)).map(({ finding }) => finding);
  expect(found.join(' ')).toMatch(/cannot be read: .*does not answer at all/s);
  const { findings } = await gateway.link.probe(partner('2.2.1', { status: 'awaiting_registration' }));
  expect(findings).toMatchObject([{ verdict: 'skipped' }]);
});
