import type { Discovery, Partner } from '@roambridge/core';
import { OCPI_VERSIONS, type VersionAdapter } from '../versions/adapter.js';
import { ADAPTERS } from '../versions/registry.js';
import { requestHeaders } from './authorization.js';
import { DETAILS, VERSIONS } from './handshake.js';
import type { HttpOutcome } from './http-client.js';
import type { PartnerClient } from './partner-client.js';
import { readData } from './peer-answer.js';

type Encoding = 'raw' | 'base64';
type Failure = Exclude<Discovery, { kind: 'found' }>;

/** Reads the versions of a platform that gave us a token, and the details of the highest common one (OCPI CR-11). */
export async function discover(
  client: PartnerClient,
  partner: Partner,
  versionsUrl: string,
): Promise<Discovery> {
  const token = partner.outboundToken ?? '';
  const get = (url: string, encoding: Encoding) =>
    client(partner, { method: 'GET', url, headers: requestHeaders({ token, encoding }) });

  // The version is not known yet: the form of the newer ones first, the other once. // OCPI TR-008
  const listed = await firstForm(['base64', 'raw'], (encoding) => get(versionsUrl, encoding));
  const list = readData(listed.answer);
  if ('failure' in list) return unusable('versions', list.failure);
  const versions = VERSIONS.safeParse(list.data);
  if (!versions.success) return unusable('versions', 'data is not a list of versions');
  const common = highestCommon(versions.data);
  if (common === undefined) {
    const offered = versions.data.map(({ version }) => version).join(', ');
    return { kind: 'no-common-version', detail: `it offers ${offered === '' ? 'no version' : offered}` };
  }

  const { adapter, url } = common;
  // Both forms may open the versions; the version's own counts from here on. // OCPI TR-003, TR-004
  const forms = [...new Set([adapter.tokenEncoding, listed.encoding])];
  const detailed = await firstForm(forms, (encoding) => get(url, encoding));
  const answered = readData(detailed.answer);
  if ('failure' in answered) return unusable('version details', answered.failure);
  const details = DETAILS.safeParse(answered.data);
  if (!details.success) return unusable('version details', 'data has no list of endpoints');
  const endpoints = details.data.endpoints.flatMap((endpoint) => adapter.endpointFromWire(endpoint) ?? []);
  // OCPI CR-12
  if (!endpoints.some(({ identifier }) => identifier === 'credentials')) {
    return { kind: 'endpoints-missing', detail: `${adapter.version} has no usable credentials endpoint` };
  }
  return { kind: 'found', version: adapter.version, endpoints, tokenEncoding: detailed.encoding };
}

/** OCPI VE-09 */
function highestCommon(offered: readonly { version: string; url: string }[]) {
  for (const version of [...OCPI_VERSIONS].reverse()) {
    const found = offered.find((each) => each.version === version);
    if (found !== undefined) {
      const adapter: VersionAdapter = ADAPTERS[version];
      return { adapter, url: found.url };
    }
  }
  return undefined;
}

async function firstForm(
  encodings: readonly Encoding[],
  send: (encoding: Encoding) => Promise<HttpOutcome>,
): Promise<{ answer: HttpOutcome; encoding: Encoding }> {
  let last: { answer: HttpOutcome; encoding: Encoding } | undefined;
  for (const encoding of encodings) {
    const answer = await send(encoding);
    last = { answer, encoding };
    if (answer.kind === 'failure' || answer.status !== 401) break;
  }
  if (last === undefined) throw new Error('no form of the token to try');
  return last;
}

function unusable(step: string, detail: string): Failure {
  return { kind: 'unusable', detail: `its ${step} could not be read: ${detail}` };
}
