import { hash, randomBytes, randomUUID } from 'node:crypto';

export { randomUUID };

/** Namespace of the ids that must come out the same when they are made again. */
const NAMESPACE = Buffer.from('7d8f0c6e53a14b0fa2c8b9f1e6d4a370', 'hex');

/** UUID version 5 of a name: the same name gives the same id (C4: a CDR made again keeps its id). */
export function stableId(name: string): string {
  // In one call: a hash object costs three times as much, and every session makes several ids.
  const hex = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name)]), 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** Credentials token: 256 random bits in the characters that OCPI allows (TR-009: at most 64, U+0021..U+007E). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** D4-005: 20 upper-case hex digits, because some firmware only takes hex. */
export function newIdTag(): string {
  return randomBytes(10).toString('hex').toUpperCase();
}

/** A positive 31-bit integer of a name: always the same for it, as far apart as hashes are. */
export function stableInteger(name: string): number {
  return (Number.parseInt(hash('sha256', name, 'hex').slice(0, 8), 16) % (2 ** 31 - 1)) + 1;
}
