import { HUB_CLIENT_STATUSES, type PartnerView } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const authorizationPolicy = z
  .strictObject({
    allowed: z
      .enum(['local', 'realtime'])
      .exactOptional()
      .describe('Whether it is asked about its tokens with whitelist ALLOWED; default ALLOWED_POLICY'),
    unknown: z
      .enum(['ask', 'never'])
      .exactOptional()
      .describe('Whether it is asked about tokens that nobody pushed; default RTA_UNKNOWN'),
    unreachable: z
      .enum(['refuse', 'accept'])
      .exactOptional()
      .describe(
        'What becomes of its valid tokens that it wants to be asked about, while it cannot be; default refuse',
      ),
    concurrent_sessions: z
      .enum(['allow', 'deny'])
      .exactOptional()
      .describe('Whether a token that pays for a transaction may start another; default CONCURRENT_SESSIONS'),
  })
  .meta({ id: 'AuthorizationPolicy' });

export const partnerView = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(['awaiting_registration', 'registering', 'registered', 'unregistered']),
    version: z.string().optional(),
    versions_url: z.string().optional(),
    roles: z.array(
      z.object({ role: z.string(), country_code: z.string(), party_id: z.string(), name: z.string() }),
    ),
    hub_party: z.string().optional().describe('The own party of a hub'),
    hub_clients: z
      .array(
        z.object({
          country_code: z.string(),
          party_id: z.string(),
          role: z.string(),
          status: z.enum(HUB_CLIENT_STATUSES),
          last_updated: z.string(),
        }),
      )
      .optional()
      .describe('Parties behind a hub'),
    endpoints: z.array(
      z.object({ identifier: z.string(), role: z.enum(['SENDER', 'RECEIVER']), url: z.string() }),
    ),
    token_encoding: z.enum(['raw', 'base64']).optional().describe('In which we present our token'),
    inbound_token_encoding: z.enum(['raw', 'base64']).optional().describe('In which it presents its token'),
    party: z.string().optional().describe('Our party that a 2.1.1 connection is about'),
    created_at: z.string(),
    registered_at: z.string().optional(),
    rotated_at: z.string().optional().describe('When the tokens were replaced last'),
    rotating: z.boolean().describe('New tokens were offered; the answer is awaited, old and new work'),
    stalled: z.string().optional().describe('Why an exchange of credentials needs the partner to go on'),
    authorization_policy: authorizationPolicy.optional(),
    paused: z.boolean(),
    paused_until: z.string().optional(),
    last_success_at: z.string().optional().describe('When it last took what we sent'),
    last_inbound_at: z.string().optional().describe('When it last called us with its token'),
    backlog: z.int().describe('Objects that the partner still has to be told'),
    lane: z
      .object({
        state: z.enum(['idle', 'working', 'waiting', 'paused']),
        paused_until: z.string().optional(),
        failures: z.int().describe('In a row, up to now'),
        last_error: z.string().optional(),
        last_error_at: z.string().optional(),
      })
      .describe('How the deliveries to the partner go; `paused` here = it does not answer'),
  })
  .meta({ id: 'Partner' });

/** A partner; member by member, so that no secret can slip through. */
export function viewPartner(partner: PartnerView) {
  return {
    id: partner.id,
    name: partner.name,
    status: partner.status,
    ...given('version', partner.version),
    ...given('versions_url', partner.versionsUrl),
    roles: partner.roles,
    ...(partner.hubParty
      ? { hub_party: `${partner.hubParty.country_code}*${partner.hubParty.party_id}` }
      : {}),
    ...given('hub_clients', partner.hubClients),
    endpoints: partner.endpoints,
    ...given('token_encoding', partner.tokenEncoding),
    ...given('inbound_token_encoding', partner.inboundEncoding),
    ...(partner.party ? { party: `${partner.party.country_code}*${partner.party.party_id}` } : {}),
    created_at: isoTime(partner.createdAt),
    ...(partner.registeredAt === undefined ? {} : { registered_at: isoTime(partner.registeredAt) }),
    ...(partner.rotatedAt === undefined ? {} : { rotated_at: isoTime(partner.rotatedAt) }),
    rotating: partner.rotating,
    ...given('stalled', partner.stalled),
    ...given('authorization_policy', viewPolicy(partner.authorizationPolicy)),
    paused: partner.paused,
    ...(partner.pausedUntil === undefined ? {} : { paused_until: isoTime(partner.pausedUntil) }),
    ...(partner.lastSuccessAt === undefined ? {} : { last_success_at: isoTime(partner.lastSuccessAt) }),
    ...(partner.lastInboundAt === undefined ? {} : { last_inbound_at: isoTime(partner.lastInboundAt) }),
    backlog: partner.backlog,
    lane: viewLane(partner.lane),
  };
}

function viewLane({ state, pausedUntil, failures, lastError, lastErrorAt }: PartnerView['lane']) {
  return {
    state,
    ...(pausedUntil === undefined ? {} : { paused_until: isoTime(pausedUntil) }),
    failures,
    ...given('last_error', lastError),
    ...(lastErrorAt === undefined ? {} : { last_error_at: isoTime(lastErrorAt) }),
  };
}

function viewPolicy(policy: PartnerView['authorizationPolicy']) {
  if (policy === undefined) return undefined;
  const { concurrentSessions, ...same } = policy;
  return { ...same, ...given('concurrent_sessions', concurrentSessions) };
}
