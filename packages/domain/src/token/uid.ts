import { normalizeIdToken } from './decide.js';

const HEX = /^[0-9A-Fa-f]+$/;
const DECIMAL = /^[0-9]+$/;
/** Hex digits of cards with 4, 7 and 8 bytes. */
const CARD_DIGITS: ReadonlySet<number> = new Set([8, 14, 16]);
/** Hex digits of the longest card of one kind; what follows in a reader's text is its own addition. */
const SEVEN_BYTES = 14;
/** Digits of a 64-bit number. */
const LONGEST_DECIMAL = 20;

/** Whether a character is one that a reader shows and a person could type. */
function isPrintable(char: string): boolean {
  return char >= ' ' && char !== '\u007f';
}

/** Spellings under which a presented token may be known, the likeliest first (D4-002, D4-004). Never empty texts. */
export function uidSpellings(presented: string, options: { type: string; variants: boolean }): string[] {
  const full = normalizeIdToken(presented);
  const spellings = new Set([full]);
  // D4-004: garbage after the card's own digits.
  const [head = ''] = splitAtUnprintable(presented);
  if (HEX.test(head.trim())) spellings.add(head.trim());
  if (options.type === 'eMAID') for (const spelling of emaidSpellings(full)) spellings.add(spelling);
  if (options.variants) for (const spelling of readerVariants(full)) spellings.add(spelling);
  spellings.delete('');
  return [...spellings];
}

function splitAtUnprintable(text: string): string[] {
  const chars = [...text];
  const at = chars.findIndex((char) => !isPrintable(char));
  return at < 0 ? [text] : [chars.slice(0, at).join(''), chars.slice(at).join('')];
}

/** D4-002: what readers of different makes turn the same card into. */
function readerVariants(uid: string): string[] {
  const variants: string[] = [];
  if (HEX.test(uid) && CARD_DIGITS.has(uid.length)) {
    variants.push((uid.match(/../g) ?? []).reverse().join(''));
  }
  if (HEX.test(uid)) variants.push(uid.replace(/^0+/, ''));
  if (DECIMAL.test(uid) && uid.length <= LONGEST_DECIMAL) {
    const hex = BigInt(uid).toString(16);
    variants.push(hex, hex.length % 2 === 0 ? hex : `0${hex}`);
  }
  if (HEX.test(uid) && uid.length > SEVEN_BYTES) variants.push(uid.slice(0, SEVEN_BYTES));
  return variants;
}

/** Characters of an eMAID without separators and check digit: country 2, provider 3, instance 9. */
const EMAID_CHARS = 14;

/** D4-006: upper case without separators and check digit; undefined = not an eMAID. */
export function normalizeEmaid(text: string): string | undefined {
  const plain = text.replaceAll(/[-\s]/g, '').toUpperCase();
  return /^[A-Z]{2}[A-Z0-9]{3}[A-Z0-9]{9}[A-Z0-9]?$/.test(plain) ? plain.slice(0, EMAID_CHARS) : undefined;
}

function emaidSpellings(text: string): string[] {
  const plain = normalizeEmaid(text);
  if (plain === undefined) return [];
  const [country, provider, instance] = [plain.slice(0, 2), plain.slice(2, 5), plain.slice(5)];
  const withCheckDigit = text.replaceAll(/[-\s]/g, '').toUpperCase();
  return [withCheckDigit, plain, `${country}-${provider}-${instance}`];
}

/** D4-006: the party that issued an eMAID; its country and provider id are the OCPI party's. */
export function emaidParty(text: string): { country_code: string; party_id: string } | undefined {
  const plain = normalizeEmaid(text);
  return plain === undefined ? undefined : { country_code: plain.slice(0, 2), party_id: plain.slice(2, 5) };
}
