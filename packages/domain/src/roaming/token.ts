import type { Json } from './common.js';

export const WHITELIST_TYPES = ['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER'] as const;
export type WhitelistType = (typeof WHITELIST_TYPES)[number];

/** OCPI Token (2.3.0 superset; 2.1.1 tokens get their owner from the connection, MP-11). */
export interface Token {
  country_code: string;
  party_id: string;
  /** CiString: compared ignoring case, kept as it came. */
  uid: string;
  type: string;
  contract_id: string;
  visual_number?: string;
  issuer: string;
  group_id?: string;
  valid: boolean;
  whitelist: WhitelistType;
  language?: string;
  default_profile_type?: string;
  energy_contract?: Json;
  last_updated: string;
}

/** The token facts that a Session and a CDR carry (OCPI CdrToken). */
export interface CdrToken {
  country_code: string;
  party_id: string;
  uid: string;
  type: string;
  contract_id: string;
}
