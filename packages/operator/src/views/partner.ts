import type { PartnerView } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const partnerView = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(['awaiting_registration', 'registered', 'unregistered']),
    version: z.string().optional(),
    versions_url: z.string().optional(),
    roles: z.array(
      z.object({ role: z.string(), country_code: z.string(), party_id: z.string(), name: z.string() }),
    ),
    endpoints: z.array(
      z.object({ identifier: z.string(), role: z.enum(['SENDER', 'RECEIVER']), url: z.string() }),
    ),
    token_encoding: z.enum(['raw', 'base64']).optional(),
    created_at: z.string(),
    registered_at: z.string().optional(),
    paused: z.boolean(),
    paused_until: z.string().optional(),
    last_success_at: z.string().optional(),
    last_inbound_at: z.string().optional(),
    backlog: z.int().describe('Objects that the partner still has to be told'),
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
    endpoints: partner.endpoints,
    ...given('token_encoding', partner.tokenEncoding),
    created_at: isoTime(partner.createdAt),
    ...(partner.registeredAt === undefined ? {} : { registered_at: isoTime(partner.registeredAt) }),
    paused: partner.paused,
    ...(partner.pausedUntil === undefined ? {} : { paused_until: isoTime(partner.pausedUntil) }),
    ...(partner.lastSuccessAt === undefined ? {} : { last_success_at: isoTime(partner.lastSuccessAt) }),
    ...(partner.lastInboundAt === undefined ? {} : { last_inbound_at: isoTime(partner.lastInboundAt) }),
    backlog: partner.backlog,
  };
}
