import { type Token, WHITELIST_TYPES } from '@roambridge/domain';
import { z } from 'zod';
import type { TokenAdapter } from '../versions/adapter.js';
import { PROFILE_TYPES } from '../wire/enums.js';
import { instant, scalar } from '../wire/fields.js';
import { type Field, project, type ShapeOf } from '../wire/project.js';
import { ciString, dateTime, read, text } from '../wire/schema.js';
import { authorizationReader } from './authorization-info.js';

const TOKEN_230 = {
  country_code: scalar,
  party_id: scalar,
  uid: scalar,
  type: scalar,
  contract_id: scalar,
  visual_number: scalar,
  issuer: scalar,
  group_id: scalar,
  valid: scalar,
  whitelist: scalar,
  language: scalar,
  default_profile_type: scalar,
  energy_contract: { supplier_name: scalar, contract_id: scalar },
  last_updated: instant,
} satisfies ShapeOf<Token>;

/** Token of OCPI 2.2 and later (TO-09); `type` is closed or open by version. */
export function tokenSchema(type: z.ZodType<string>) {
  return z.object({
    country_code: ciString(2),
    party_id: ciString(3),
    uid: ciString(36),
    type,
    contract_id: ciString(36),
    visual_number: text(64).exactOptional(),
    issuer: text(64),
    group_id: ciString(36).exactOptional(),
    valid: z.boolean(),
    whitelist: z.enum(WHITELIST_TYPES),
    language: text(2).exactOptional(),
    default_profile_type: z.enum(PROFILE_TYPES).exactOptional(),
    energy_contract: z
      .object({ supplier_name: text(64), contract_id: text(64).exactOptional() })
      .exactOptional(),
    last_updated: dateTime,
  });
}

export function tokenAdapter({
  schema,
  type,
}: {
  schema: ReturnType<typeof tokenSchema>;
  type: Field;
}): TokenAdapter {
  const shape = { ...TOKEN_230, type };
  return {
    toWire: (token) => project(token, shape),
    fromWire: (body) => read(schema, body),
    defaultType: 'RFID', // OCPI TO-01
    typeToWire: (type) => type,
    readAuthorization: authorizationReader(TOKEN_SCHEMA_230),
  };
}

/** TokenType is an open enumeration in 2.3.0 (TY-16); in answers about contracts 2.2.1 needs it too (D4-006). */
export const TOKEN_SCHEMA_230 = tokenSchema(ciString(36));
export const token230 = tokenAdapter({ schema: TOKEN_SCHEMA_230, type: scalar });
