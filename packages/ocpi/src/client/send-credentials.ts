import type { CredentialsOutcome, HostedParty, Partner } from '@roambridge/core';
import { OcpiRefusal } from '../errors.js';
import { ownParties } from '../parties.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { adapterOf } from '../versions/registry.js';
import { requestHeaders } from './authorization.js';
import type { HttpOutcome, HttpRequest } from './http-client.js';
import type { PartnerClient } from './partner-client.js';
import { readEnvelope } from './peer-answer.js';

export interface CredentialsSender {
  send(partner: Partner, method: 'POST' | 'PUT', token: string): Promise<CredentialsOutcome>;
  end(partner: Partner): Promise<void>;
}

/** Our side of the credentials module of a partner (OCPI CR-11, CR-20, CR-23). */
export function createCredentialsSender(options: {
  client: PartnerClient;
  versionsUrl: () => string;
  parties: readonly HostedParty[];
}): CredentialsSender {
  const { client } = options;

  function request(
    adapter: VersionAdapter,
    partner: Partner,
    method: HttpRequest['method'],
    body?: object,
  ): HttpRequest | undefined {
    const url = partner.endpoints.find(({ identifier }) => identifier === 'credentials')?.url;
    if (url === undefined || partner.outboundToken === undefined) return undefined;
    const encoding = partner.tokenEncoding ?? adapter.tokenEncoding;
    return {
      method,
      url,
      headers: {
        ...requestHeaders({ token: partner.outboundToken, encoding }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }

  return {
    async send(partner, method, token) {
      const adapter = adapterOf(partner.version);
      const parties = adapter && ownParties(adapter, partner, options.parties);
      const planned =
        adapter &&
        parties &&
        request(
          adapter,
          partner,
          method,
          adapter.credentials.toWire({ token, url: options.versionsUrl(), parties }),
        );
      if (adapter === undefined || planned === undefined) {
        return { kind: 'refused', why: 'other', detail: 'the partner has no credentials endpoint' };
      }
      return judge(adapter, await client(partner, planned));
    },
    async end(partner) {
      const adapter = adapterOf(partner.version);
      const planned = adapter && request(adapter, partner, 'DELETE');
      if (planned !== undefined) await client(partner, planned);
    },
  };
}

function judge(adapter: VersionAdapter, answer: HttpOutcome): CredentialsOutcome {
  if (answer.kind === 'failure') return { kind: 'unknown', detail: answer.detail };
  const envelope = readEnvelope(answer.text);
  const detail = `HTTP ${answer.status}${envelope === undefined ? '' : `, OCPI ${envelope.status_code}`}${
    envelope?.status_message ? `: ${envelope.status_message.slice(0, 200)}` : ''
  }`;
  if (answer.status === 401 || answer.status === 403) return { kind: 'refused', why: 'unauthorized', detail };
  if (answer.status === 405) return { kind: 'refused', why: 'registered', detail };
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429)
    return { kind: 'unknown', detail };
  if (answer.status >= 300) return { kind: 'refused', why: 'other', detail };
  // HTTP 2xx without an envelope may well be a registration that went through.
  if (envelope === undefined) return { kind: 'unknown', detail: `${detail} without an OCPI envelope` };
  if (envelope.status_code >= 2000) return { kind: 'refused', why: 'other', detail };
  try {
    const { token, url, roles, hubParty } = adapter.credentials.fromWire(envelope.data);
    return {
      kind: 'accepted',
      credentials: { outboundToken: token, versionsUrl: url, roles, ...(hubParty ? { hubParty } : {}) },
    };
  } catch (error) {
    if (!(error instanceof OcpiRefusal)) throw error;
    return { kind: 'unknown', detail: `its credentials cannot be read: ${error.message}` };
  }
}
