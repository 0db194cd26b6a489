import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StorageError } from '../errors.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts secrets that must stay recoverable. */
export interface SecretBox {
  /** `context` is bound to the secret: it opens only under the same one. */
  seal(secret: string, context: string): Buffer;
  open(sealed: Uint8Array, context: string): string;
}

/** AES-256-GCM; a sealed secret is IV, tag and cipher text. `key` has 32 bytes. */
export function createSecretBox(key: Uint8Array): SecretBox {
  if (key.length !== KEY_BYTES) {
    throw new StorageError('VALUE_INVALID', `secretsKey: ${key.length} bytes, needs ${KEY_BYTES}`);
  }
  return {
    seal(secret, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]);
    },
    open(sealed, context) {
      try {
        const tagEnd = IV_BYTES + TAG_BYTES;
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(IV_BYTES, tagEnd));
        return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new StorageError(
          'SECRET_UNREADABLE',
          `${context}: the stored secret does not open with this secrets key; was the key file replaced?`,
          { cause: error },
        );
      }
    },
  };
}
