import { z } from 'zod';
import { invalid, OcpiRefusal, STATUS } from '../errors.js';
import type { CredentialsAdapter } from '../versions/adapter.js';
import { ROLES_230 } from '../wire/enums.js';
import { ciString, credentialsToken, read, text, url, withoutNulls } from '../wire/schema.js';

const ENVELOPE = z.object({
  token: credentialsToken,
  url,
  roles: z.array(z.unknown()).min(1, 'must not be empty'),
  hub_party_id: z
    .string()
    .regex(/^[A-Za-z]{2}[A-Za-z0-9]{3}$/, 'must be a country code and a party id')
    .optional(),
});

function roleSchema(roles: readonly string[]) {
  return z.object({
    role: z.enum(roles),
    country_code: ciString(2),
    party_id: ciString(3),
    business_details: z.object({ name: text(100) }),
  });
}

/** Credentials of OCPI 2.2 and later (CR-03); HUB is a role in 2.2.1 only (CR-05). */
export function credentialsAdapter(knownRoles: readonly string[]): CredentialsAdapter {
  const schema = roleSchema(knownRoles);
  const isKnown = (role: unknown) =>
    !z.object({ role: z.string() }).safeParse(role).success ||
    z.object({ role: z.enum(knownRoles) }).safeParse(role).success;
  return {
    toWire: ({ token, url, parties }) => ({
      token,
      url,
      roles: parties.map((party) => ({
        role: 'CPO',
        country_code: party.country_code,
        party_id: party.party_id,
        business_details: { name: party.name },
      })),
    }),
    fromWire: (body) => {
      const envelope = read(ENVELOPE, body);
      // A role that this version does not know is skipped (OCPI TY-18).
      const roles = envelope.roles.filter((role) => isKnown(withoutNulls(role)));
      if (roles.length === 0) {
        throw invalid('roles', 'has no role that is known in this version');
      }
      const parsed = read(z.object({ roles: z.array(schema) }), { roles }).roles;
      const keys = parsed.map((role) => `${role.role}/${role.country_code}/${role.party_id}`.toUpperCase());
      if (new Set(keys).size !== keys.length) {
        throw new OcpiRefusal(
          200,
          STATUS.invalidParameter,
          'roles: the same role, country_code and party_id occur twice',
        );
      }
      return {
        token: envelope.token,
        url: envelope.url,
        roles: parsed.map((role) => ({
          role: role.role,
          country_code: role.country_code.toUpperCase(),
          party_id: role.party_id.toUpperCase(),
          name: role.business_details.name,
        })),
        ...(envelope.hub_party_id === undefined ? {} : { hubParty: hubParty(envelope.hub_party_id) }),
      };
    },
  };
}

/** Country and party of `hub_party_id` (OCPI CR-05). */
function hubParty(text: string) {
  return { country_code: text.slice(0, 2).toUpperCase(), party_id: text.slice(2).toUpperCase() };
}

export const credentials230 = credentialsAdapter(ROLES_230);
