import { type PartyId, type Token, WHITELIST_TYPES } from '@roambridge/domain';
import { z } from 'zod';
import type { TokenAdapter } from '../versions/adapter.js';
import { TOKEN_TYPES_211 } from '../wire/enums.js';
import { scalar, second } from '../wire/fields.js';
import { project, type Shape } from '../wire/project.js';
import { ciString, dateTime, read, text } from '../wire/schema.js';
import { readAuthorization211 } from './authorization-info.js';

/** OCPI TO-08 */
export const TOKEN_SCHEMA_211 = z.object({
  uid: ciString(36),
  type: z.enum(TOKEN_TYPES_211),
  auth_id: ciString(36),
  visual_number: text(64).exactOptional(),
  issuer: text(64),
  valid: z.boolean(),
  whitelist: z.enum(WHITELIST_TYPES),
  language: text(2).exactOptional(),
  last_updated: dateTime,
});

/** TokenType of 2.1.1. // OCPI MP-11 */
function tokenType(type: unknown): string {
  return type === 'RFID' ? type : 'OTHER';
}

const TOKEN_211 = {
  uid: scalar,
  type: tokenType,
  auth_id: scalar,
  visual_number: scalar,
  issuer: scalar,
  valid: scalar,
  whitelist: scalar,
  language: scalar,
  last_updated: second,
} satisfies Shape;

/** The owner of a 2.1.1 token is the party of the connection. // OCPI MP-11 */
export function ownedToken(wire: z.infer<typeof TOKEN_SCHEMA_211>, owner: PartyId): Token {
  const { auth_id, ...token } = wire;
  return {
    ...token,
    country_code: owner.country_code,
    party_id: owner.party_id,
    contract_id: auth_id,
  };
}

export const token211: TokenAdapter = {
  toWire: (token) => project({ ...token, auth_id: token.contract_id }, TOKEN_211),
  fromWire: (body, owner) => ownedToken(read(TOKEN_SCHEMA_211, body), owner),
  typeToWire: tokenType,
  readAuthorization: readAuthorization211,
};
