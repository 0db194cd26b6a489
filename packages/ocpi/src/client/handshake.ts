import type { Partner, PartnerEndpoint } from '@roambridge/core';
import { z } from 'zod';
import type { VersionAdapter } from '../versions/adapter.js';
import { requestHeaders } from './authorization.js';
import type { PartnerClient } from './partner-client.js';
import { readData } from './peer-answer.js';

type TokenEncoding = 'raw' | 'base64';

/** `message` is for the partner, `detail` for the log. */
export interface HandshakeFailure {
  kind: 'unusable' | 'version-not-offered' | 'endpoints-missing';
  message: string;
  detail: string;
}

export type HandshakeOutcome =
  | { kind: 'learnt'; endpoints: PartnerEndpoint[]; tokenEncoding: TokenEncoding }
  | HandshakeFailure;

/** Reads a partner's versions and the details of one version with the token that it gave (OCPI CR-15, CR-20). */
export type Handshake = (options: {
  partner: Partner;
  versionsUrl: string;
  token: string;
  adapter: VersionAdapter;
}) => Promise<HandshakeOutcome>;

export const VERSIONS = z.array(z.object({ version: z.string(), url: z.string() }));
export const DETAILS = z.object({ endpoints: z.array(z.unknown()) });

export function createHandshake(client: PartnerClient): Handshake {
  return async ({ partner, versionsUrl, token, adapter }) => {
    // The token is the partner's own from here on: the journal must know it to mask it.
    const known = { ...partner, outboundToken: token };
    const get = async (url: string, token: string, encoding: TokenEncoding) =>
      client(known, { method: 'GET', url, headers: requestHeaders({ token, encoding }) });
    let tokenEncoding = adapter.tokenEncoding;
    let answer = await get(versionsUrl, token, tokenEncoding);
    if (answer.kind === 'response' && answer.status === 401) {
      // The other form, once. // OCPI TR-008
      tokenEncoding = tokenEncoding === 'raw' ? 'base64' : 'raw';
      answer = await get(versionsUrl, token, tokenEncoding);
    }
    const list = readData(answer);
    if ('failure' in list) {
      return unusable('versions', list.failure);
    }
    const versions = VERSIONS.safeParse(list.data);
    if (!versions.success) {
      return unusable('versions', 'data is not a list of versions');
    }
    const offered = versions.data.find(({ version }) => version === adapter.version);
    if (offered === undefined) {
      const message = `Version ${adapter.version} is not in your list of versions`;
      return {
        kind: 'version-not-offered',
        message,
        detail: versions.data.map(({ version }) => version).join(),
      };
    }
    const answered = readData(await get(offered.url, token, tokenEncoding));
    if ('failure' in answered) {
      return unusable('version details', answered.failure);
    }
    const details = DETAILS.safeParse(answered.data);
    if (!details.success) {
      return unusable('version details', 'data has no list of endpoints');
    }
    const endpoints = details.data.endpoints.flatMap((endpoint) => adapter.endpointFromWire(endpoint) ?? []);
    // Other modules are optional: a partner may only pull. // OCPI VE-06, CR-18
    if (!endpoints.some(({ identifier }) => identifier === 'credentials')) {
      const message = 'Your version details have no usable credentials endpoint';
      return { kind: 'endpoints-missing', message, detail: `${endpoints.length} usable endpoints` };
    }
    return { kind: 'learnt', endpoints, tokenEncoding };
  };
}

function unusable(step: string, detail: string): HandshakeFailure {
  return { kind: 'unusable', message: `Your ${step} could not be read`, detail: `${step}: ${detail}` };
}
