import type { JsonObject } from './json.js';
import { type OcpiVersion, type Party, TRAITS } from './version.js';

/** A token of the eMSP, in the words of 2.2.1; only the uid is needed. */
export interface TokenInput {
  uid: string;
  /** The eMSP behind a hub whose token it is; default the platform's own party. */
  owner?: Party;
  /** Default RFID; what 2.1.1 does not know becomes OTHER. */
  type?: 'RFID' | 'APP_USER' | 'AD_HOC_USER' | 'OTHER' | 'EMAID';
  contract_id?: string;
  visual_number?: string;
  /** Default the eMSP's name. */
  issuer?: string;
  group_id?: string;
  valid?: boolean;
  whitelist?: 'ALWAYS' | 'ALLOWED' | 'ALLOWED_OFFLINE' | 'NEVER';
  language?: string;
  last_updated?: string;
}

/** Token object of the version (TO-08, TO-09). */
export function tokenObject(
  version: OcpiVersion,
  party: Party,
  issuer: string,
  input: TokenInput,
): JsonObject {
  const owner = input.owner ?? party;
  const contract = input.contract_id ?? `${owner.country_code}-${owner.party_id}-${input.uid}`;
  const type = input.type ?? 'RFID';
  const common = {
    ...(input.visual_number === undefined ? {} : { visual_number: input.visual_number }),
    issuer: input.issuer ?? issuer,
    valid: input.valid ?? true,
    whitelist: input.whitelist ?? 'ALLOWED',
    ...(input.language === undefined ? {} : { language: input.language }),
    last_updated: input.last_updated ?? dateTime(),
  };
  if (!TRAITS[version].roles)
    return { uid: input.uid, type: type === 'RFID' ? type : 'OTHER', auth_id: contract, ...common };
  return {
    country_code: owner.country_code,
    party_id: owner.party_id,
    uid: input.uid,
    type,
    contract_id: contract,
    ...(input.group_id === undefined ? {} : { group_id: input.group_id }),
    ...common,
  };
}

/** DateTime of now in the spelling that every version takes. */
export function dateTime(at = new Date()): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
