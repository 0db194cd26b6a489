import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PasswordHash } from './model/station.js';

/** Keyed hashes of the platform; the key never leaves this closure. */
export interface Secrets {
  /** Look-up hash of a token (S21): equal hashes mean equal tokens. */
  hash(token: string): string;
  /** Hashes of a station password, for storage. A text of 32 to 40 hex digits is a key written in hex. */
  hashPassword(password: string | Uint8Array): PasswordHash;
  /**
   * Whether the presented bytes are the password. `hexKeys`: the charger's protocol carries it as hex text, so the bytes
   * and their hex text are the same; otherwise it is a text that is compared as it is.
   */
  verifyPassword(stored: PasswordHash | undefined, presented: Uint8Array, hexKeys?: boolean): boolean;
}

/** An OCPP key of 16 to 20 bytes, written as configuration keys are. */
const HEX_KEY = /^(?:[0-9a-f]{2}){16,20}$/i;

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
      const hash = (bytes: string | Uint8Array) =>
        keyed('password\0', salt, '\0', bytes).toString('base64url');
      if (typeof password === 'string' && HEX_KEY.test(password)) {
        const key = Buffer.from(password, 'hex');
        return { salt, raw: hash(key), hex: hash(password.toLowerCase()), text: hash(password) };
      }
      return { salt, raw: hash(password), hex: hash(Buffer.from(password).toString('hex')) };
    },
    verifyPassword(stored, presented, hexKeys = true) {
      const salt = stored?.salt ?? '';
      // A-022 (b): the hex text is compared ignoring case.
      const text = Buffer.from(Buffer.from(presented).toString('latin1').toLowerCase(), 'latin1');
      const asBytes = keyed('password\0', salt, '\0', presented);
      const asHex = keyed('password\0', salt, '\0', text);
      const written = (hash: string | undefined) =>
        hash === undefined ? decoy : Buffer.from(hash, 'base64url');
      // All comparisons are always made: the time tells nothing about which one matched.
      const rawMatches = timingSafeEqual(written(stored?.raw), asBytes);
      const hexMatches = timingSafeEqual(written(stored?.hex), asHex);
      const textMatches = timingSafeEqual(written(stored?.text ?? stored?.raw), asBytes);
      return stored !== undefined && (textMatches || (hexKeys && (rawMatches || hexMatches)));
    },
  };
}
