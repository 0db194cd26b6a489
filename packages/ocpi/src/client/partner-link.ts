import {
  type Clock,
  hubPartyOf,
  isHub,
  type Log,
  type NoticeOutcome,
  type Partner,
  type PartnerLink,
  reachOf,
} from '@roambridge/core';
import type { PartyId } from '@roambridge/domain';
import { ownOffer } from '../modules/versions.js';
import { sameParty } from '../parties.js';
import { partyHeaders } from '../server/routing.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { adapterOf } from '../versions/registry.js';
import { requestHeaders } from './authorization.js';
import { planAuthorization, readAuthorization } from './authorize.js';
import { classify } from './classify.js';
import { addressOf, compareAnswer } from './compare.js';
import { discover } from './discover.js';
import { readHubClients } from './hub-clients.js';
import { lossOf } from './loss.js';
import type { PartnerClient } from './partner-client.js';
import { endpointUrl, type PlannedRequest, plan } from './plan.js';
import { billsReservations, hasOneParty, namesOneTariff, takesCredits } from './plan-request.js';
import { probe } from './probe/probe.js';
import type { CredentialsSender } from './send-credentials.js';
import type { SilentParties } from './silent-parties.js';
import { readTokenPage } from './token-pages.js';

/** An answer to what was told, or about one token, says little; lists and objects may be longer. */
const MAX_SHORT_ANSWER_BYTES = 262_144;

/** Tells partners what core wants them to know: one notice, one request, one outcome. */
export function createPartnerLink(options: {
  client: PartnerClient;
  /** Its own connections: a driver does not wait behind what is pushed. */
  authorizing: PartnerClient;
  credentials: CredentialsSender;
  /** Why a URL must not be called. */
  refusal: (url: string) => Promise<string | undefined>;
  /** Our party, where no object names one. */
  from: PartyId | undefined;
  silent: SilentParties;
  clock: Clock;
  log: Log;
}): PartnerLink {
  const { silent } = options;

  /** What is not sent to a party behind a hub, because the hub says that it cannot be reached. // OCPI OF-07, HU-03 */
  function notSent(partner: Partner, { to, method }: PlannedRequest): NoticeOutcome | undefined {
    if (to === undefined || !isHub(partner)) return undefined;
    const name = `${to.country_code}*${to.party_id}`;
    switch (reachOf(partner, to)) {
      case 'away':
        return { kind: 'away', detail: `${name} is not connected with the hub` };
      case 'suspended':
        // A document that would have to arrive is for a person; a state is not told any more.
        return method === 'POST'
          ? { kind: 'refused', httpStatus: 0, detail: `${name} is suspended at the hub` }
          : { kind: 'away', detail: `${name} is suspended at the hub` };
      case 'connected':
      case 'unknown':
        // OCPI HU-08: a document has to arrive, and tells whether the party is there again.
        return method !== 'POST' && silent.has(partner.id, to)
          ? { kind: 'away', detail: `the hub cannot reach ${name}` }
          : undefined;
    }
  }

  /** A status code of a hub is about one party where the message was for one; else nobody got it. // OCPI RT-13 */
  function ofOneParty(partner: Partner, { to }: PlannedRequest, outcome: NoticeOutcome): NoticeOutcome {
    if (to === undefined || !isHub(partner)) {
      return outcome.kind === 'away' || (outcome.kind === 'unreachable' && outcome.ofParty)
        ? { kind: 'unreachable', detail: outcome.detail }
        : outcome;
    }
    if (outcome.kind === 'away') silent.note(partner.id, to);
    else if (outcome.kind !== 'unreachable') silent.heard(partner.id, to);
    return outcome;
  }

  return {
    takesCredits,
    billsReservations,
    hasOneParty,
    namesOneTariff,
    offer: ownOffer,
    refusal: options.refusal,
    discover: (partner, versionsUrl) => discover(options.client, partner, versionsUrl),
    sendCredentials: options.credentials.send,
    endCredentials: options.credentials.end,
    tokenPage: async (partner, next) => {
      const adapter = adapterOf(partner.version);
      const token = partner.outboundToken;
      const url = next ?? endpointUrl(partner, 'tokens', 'SENDER');
      if (
        partner.status !== 'registered' ||
        adapter === undefined ||
        token === undefined ||
        url === undefined
      ) {
        return { kind: 'not-applicable', detail: 'the partner has no list of tokens' };
      }
      const headers = headersOf(adapter, partner, token, { from: options.from });
      const answer = await options.client(partner, { method: 'GET', url, headers });
      return readTokenPage(adapter, partner, url, answer);
    },
    authorize: async (partner, question, timeoutMs) => {
      const adapter = adapterOf(partner.version);
      const token = partner.outboundToken;
      const url = endpointUrl(partner, 'tokens', 'SENDER');
      if (
        partner.status !== 'registered' ||
        adapter === undefined ||
        token === undefined ||
        url === undefined
      ) {
        return { kind: 'not-applicable', detail: 'the partner cannot be asked' };
      }
      const planned = planAuthorization(adapter, url, question);
      const answer = await options.authorizing(partner, {
        method: planned.method,
        url: planned.url,
        headers: headersOf(adapter, partner, token, { ...planned, findReceiver: true }),
        ...(planned.body === undefined ? {} : { body: JSON.stringify(planned.body) }),
        deadlineMs: timeoutMs,
        maxResponseBytes: MAX_SHORT_ANSWER_BYTES,
      });
      const outcome = readAuthorization(adapter, answer);
      options.log.debug({ partnerId: partner.id, url: planned.url, outcome: outcome.kind }, 'partner asked');
      return outcome;
    },
    // Not on the thread of pushes, which drops headers that nobody needs there.
    probe: (partner) =>
      probe({
        client: options.authorizing,
        clock: options.clock,
        partner,
        routing: (adapter) => routingHeaders(adapter, partner, { from: options.from }),
      }),
    loss: lossOf,
    hubClients: async (partner, next) => {
      const adapter = adapterOf(partner.version);
      const token = partner.outboundToken;
      const url = next ?? endpointUrl(partner, 'hubclientinfo', 'SENDER');
      if (adapter === undefined || token === undefined || url === undefined) {
        return { kind: 'not-applicable', detail: 'the partner does not tell who is behind it' };
      }
      // OCPI RT-02: without routing headers.
      const encoding = partner.tokenEncoding ?? adapter.tokenEncoding;
      const headers = requestHeaders({ token, encoding });
      const page = readHubClients(url, await options.client(partner, { method: 'GET', url, headers }));
      if (page.kind === 'page') for (const client of page.clients) silent.heard(partner.id, client);
      return page;
    },
    compare: async (partner, notice, remoteUrl) => {
      const adapter = adapterOf(partner.version);
      const token = partner.outboundToken;
      if (partner.status !== 'registered' || adapter === undefined || token === undefined) {
        return { kind: 'not-offered', detail: 'the partner is not registered' };
      }
      const address = addressOf(plan(adapter, partner, notice), notice, remoteUrl);
      if ('kind' in address) return address;
      const { body: _, ...request } = address;
      const headers = headersOf(adapter, partner, token, request);
      return compareAnswer(
        address,
        await options.client(partner, { method: 'GET', url: address.url, headers }),
      );
    },
    tell: async (partner, notice) => {
      const adapter = adapterOf(partner.version);
      const token = partner.outboundToken;
      if (partner.status !== 'registered' || adapter === undefined || token === undefined) {
        return { kind: 'not-applicable', detail: 'the partner is not registered' };
      }
      const planned = plan(adapter, partner, notice);
      if ('notApplicable' in planned) {
        return { kind: 'not-applicable', detail: planned.notApplicable };
      }
      const unsent = notSent(partner, planned);
      if (unsent !== undefined) return unsent;
      const answer = await options.client(partner, {
        method: planned.method,
        url: planned.url,
        headers: headersOf(adapter, partner, token, planned),
        ...(planned.body === undefined ? {} : { body: JSON.stringify(planned.body) }),
        maxResponseBytes: MAX_SHORT_ANSWER_BYTES,
      });
      const outcome = ofOneParty(partner, planned, classify(planned, answer, options.clock.now()));
      options.log.debug(
        { partnerId: partner.id, kind: notice.kind, method: planned.method, url: planned.url, outcome },
        'partner told',
      );
      return outcome;
    },
  };
}

function headersOf(
  adapter: VersionAdapter,
  partner: Partner,
  token: string,
  request: Pick<PlannedRequest, 'body' | 'correlationId'> & Route,
): Record<string, string> {
  const headers = requestHeaders({
    token,
    encoding: partner.tokenEncoding ?? adapter.tokenEncoding,
    ...(request.correlationId === undefined ? {} : { correlationId: request.correlationId }),
  });
  if (request.body !== undefined) headers['Content-Type'] = 'application/json';
  return Object.assign(headers, routingHeaders(adapter, partner, request));
}

interface Route {
  from: PartyId | undefined;
  to?: PartyId;
  /** Nobody knows whom it is for: a hub finds out (OCPI RT-09). */
  findReceiver?: boolean;
}

function routingHeaders(adapter: VersionAdapter, partner: Partner, route: Route): Record<string, string> {
  return adapter.routesMessages
    ? Object.assign(partyHeaders('to', receiver(partner, route)), partyHeaders('from', route.from))
    : {};
}

/** The token's owner where it is a party of the connection, else its eMSP, else its only or first party (RT-01). */
function receiver(partner: Partner, { to: named, findReceiver = false }: Route): PartyId | undefined {
  // A hub passes the message on to the party that is named, and else to all of them. // OCPI RT-05, RT-07
  if (isHub(partner)) return named ?? (findReceiver ? undefined : hubPartyOf(partner));
  const owner = named === undefined ? undefined : partner.roles.find((role) => sameParty(role, named));
  return owner ?? partner.roles.find(({ role }) => role === 'EMSP') ?? partner.roles[0];
}
