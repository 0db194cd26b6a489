import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Station } from './model/station.js';

/** Keyed hashes of the platform; the key never leaves this closure. */
export interface Secrets {
  /** Look-up hash of a token (S21): equal hashes mean equal tokens. */
  hash(token: string): string;
  /** Hashes of a station password, for storage. */
  hashPassword(password: Uint8Array): NonNullable<Station['password']>;
  /** the presented bytes match the password itself or its hex text. */
  verifyPassword(stored: Station['password'], presented: Uint8Array): boolean;
}

/**
 * Machine passwords have at least 16 random characters and are checked at every reconnect, so a keyed hash with a
 * salt is used in place of a slow one: 5,000 chargers that reconnect at once must not stop the process (A-024, S22).
 */
export function createSecrets(key: Uint8Array): Secrets {
  const keyed = (...parts: (string | Uint8Array)[]) => {
    const hmac = createHmac('sha256', key);
    for (const part of parts) hmac.update(part);
    return hmac.digest();
  };
  const decoy = keyed('no such station');
  return {
    hash: (token) => keyed('token\0', token).toString('base64url'),
    hashPassword(password) {
      const salt = randomBytes(16).toString('base64url');
      return {
        salt,
        raw: keyed('password\0', salt, '\0', password).toString('base64url'),
        hex: keyed('password\0', salt, '\0', Buffer.from(password).toString('hex')).toString('base64url'),
      };
    },
    verifyPassword(stored, presented) {
      const salt = stored?.salt ?? '';
      // A-022 (b): the hex text is compared ignoring case.
      const text = Buffer.from(Buffer.from(presented).toString('latin1').toLowerCase(), 'latin1');
      const asBytes = keyed('password\0', salt, '\0', presented);
      const asHex = keyed('password\0', salt, '\0', text);
      const raw = stored ? Buffer.from(stored.raw, 'base64url') : decoy;
      const hex = stored ? Buffer.from(stored.hex, 'base64url') : decoy;
      // Both comparisons are always made: the time tells nothing about which one matched.
      const rawMatches = timingSafeEqual(raw, asBytes);
      const hexMatches = timingSafeEqual(hex, asHex);
      return stored !== undefined && (rawMatches || hexMatches);
    },
  };
}
