import type { PartnerEndpoint } from '@roambridge/core';
import { z } from 'zod';
import type { ModuleId } from '../versions/adapter.js';

const ENDPOINT = z.object({ identifier: z.string(), url: z.url({ protocol: /^https?$/ }) });

/** The role in which a partner's module is of use to a CPO; 2.1.1 endpoints do not say it (VE-03). */
const PARTNER_ROLES = {
  credentials: 'SENDER',
  locations: 'RECEIVER',
  sessions: 'RECEIVER',
  cdrs: 'RECEIVER',
  tariffs: 'RECEIVER',
  tokens: 'SENDER',
  commands: 'SENDER',
} satisfies Record<
  Exclude<ModuleId, 'chargingprofiles' | 'hubclientinfo' | 'invoicereconciliation'>,
  PartnerEndpoint['role']
>;

const ROLE_OF = new Map<string, PartnerEndpoint['role']>(Object.entries(PARTNER_ROLES));

/** undefined = no endpoint, or a module that 2.1.1 does not have (VE-07). */
export function endpoint211(endpoint: unknown): PartnerEndpoint | undefined {
  const parsed = ENDPOINT.safeParse(endpoint);
  if (!parsed.success) {
    return undefined;
  }
  const identifier = parsed.data.identifier.toLowerCase();
  const role = ROLE_OF.get(identifier);
  return role === undefined ? undefined : { identifier, role, url: parsed.data.url };
}
