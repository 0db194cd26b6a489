import type { Token, WhitelistType } from '../roaming/token.js';

/** Decision about a known token without asking its eMSP (D4.2, rows "no" and "unreachable"). */
export type WhitelistDecision =
  | { status: 'Accepted'; cacheable: 'always' | 'a-day' }
  | { status: 'Blocked' }
  /** Only the eMSP may allow it, and it was not asked: refused, not to be remembered (D4-031). */
  | { status: 'Invalid' };

const ACCEPTED_FOR = {
  ALWAYS: 'always',
  ALLOWED: 'always',
  ALLOWED_OFFLINE: 'a-day',
  NEVER: undefined,
} as const satisfies Record<WhitelistType, 'always' | 'a-day' | undefined>;

/** D4.2: what the whitelist alone says about a token. */
export function decideByWhitelist(token: Pick<Token, 'valid' | 'whitelist'>): WhitelistDecision {
  const cacheable = ACCEPTED_FOR[token.whitelist];
  if (cacheable === undefined) return { status: 'Invalid' };
  return token.valid ? { status: 'Accepted', cacheable } : { status: 'Blocked' };
}

const WHITELIST_PREFERENCE: readonly WhitelistType[] = ['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER'];

/** D4-005: OCPI types that a presented token of a type may be; a type that is not here may be any. */
const TYPES_OF_PRESENTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['ISO14443', ['RFID']],
  ['ISO15693', ['RFID']],
  ['eMAID', ['EMAID']],
  ['Central', ['APP_USER', 'AD_HOC_USER', 'OTHER']],
  ['DirectPayment', ['AD_HOC_USER']],
  ['EVCCID', ['OTHER']],
  ['KeyCode', ['OTHER']],
  ['MacAddress', ['OTHER']],
  ['VIN', ['OTHER']],
  // What a reader saw without a type is a card before it is anything else.
  ['unknown', ['RFID', 'OTHER']],
]);

function isOfType(token: Pick<Token, 'type'>, presentedType: string): boolean {
  return TYPES_OF_PRESENTED.get(presentedType)?.includes(token.type) ?? true;
}

/**
 * D4-003: which of several tokens with the same uid counts: one of the presented type (trap 45), then valid first, then
 * whitelist, then the newest.
 */
export function preferToken<
  T extends { token: Pick<Token, 'type' | 'valid' | 'whitelist' | 'last_updated'> },
>(candidates: readonly T[], presentedType = 'unknown'): T | undefined {
  return [...candidates].sort(
    (a, b) =>
      Number(isOfType(b.token, presentedType)) - Number(isOfType(a.token, presentedType)) ||
      Number(b.token.valid) - Number(a.token.valid) ||
      WHITELIST_PREFERENCE.indexOf(a.token.whitelist) - WHITELIST_PREFERENCE.indexOf(b.token.whitelist) ||
      b.token.last_updated.localeCompare(a.token.last_updated),
  )[0];
}

/** D4-001: white space, NUL and control characters are not part of a token; case is kept. */
export function normalizeIdToken(text: string): string {
  let out = '';
  for (const char of text) if (char > ' ' && char !== '\u007f') out += char;
  return out;
}

/** D4-005: OCPI type of a token that nobody knows, for the question to its eMSP. */
const ASKED_TYPES: ReadonlyMap<string, string> = new Map([
  ['Central', 'APP_USER'],
  ['DirectPayment', 'AD_HOC_USER'],
  ['eMAID', 'EMAID'],
  ['ISO14443', 'RFID'],
  ['ISO15693', 'RFID'],
  // What a reader saw without a type is a card before it is anything else.
  ['unknown', 'RFID'],
]);

/** The same for any word: the types of OCPP 2.1 are an open list (C-201). */
export function tokenTypeOf(presentedType: string): string {
  return ASKED_TYPES.get(presentedType) ?? 'OTHER';
}

const HEX = /^[0-9A-Fa-f]+$/;

/** D4 table: OCPI token type to the typed idToken of OCPP 2.x. */
export function idTokenType(token: Pick<Token, 'type' | 'uid'>): string {
  switch (token.type) {
    case 'RFID':
      return HEX.test(token.uid) && token.uid.length === 16 ? 'ISO15693' : 'ISO14443';
    case 'EMAID':
      return 'eMAID';
    default:
      return 'Central';
  }
}
