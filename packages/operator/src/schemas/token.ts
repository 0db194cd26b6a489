import { WHITELIST_TYPES } from '@roambridge/domain';
import { z } from 'zod';
import { PROFILE_TYPES, TOKEN_TYPES } from './ocpi-enums.js';
import { ciString, countryCode, language, lastUpdated, partyId, text } from './text.js';

/** OCPI Token (2.3.0 superset) as an operator enters it for a partner. */
export const tokenInput = z
  .object({
    country_code: countryCode,
    party_id: partyId,
    uid: ciString(36),
    type: z.enum(TOKEN_TYPES),
    contract_id: ciString(36),
    visual_number: text(64).exactOptional(),
    issuer: text(64),
    group_id: ciString(36).exactOptional(),
    valid: z.boolean(),
    whitelist: z.enum(WHITELIST_TYPES),
    language: language.exactOptional(),
    default_profile_type: z.enum(PROFILE_TYPES).exactOptional(),
    energy_contract: z
      .object({ supplier_name: text(64), contract_id: text(64).exactOptional() })
      .exactOptional(),
    last_updated: lastUpdated,
  })
  .meta({ id: 'Token' });
