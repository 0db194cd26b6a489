import { randomBytes } from 'node:crypto';
import type { Secrets, Store } from '@roambridge/core';

const SETTING = 'administrator-token-hash';

/**
 * Hash of the first administrator's token: that of the given one, else the stored one, else of a new one, which is
 * returned to be printed this once. Only hashes are stored.
 */
export async function administratorHash(
  store: Pick<Store, 'settings'>,
  secrets: Secrets,
  given: string | undefined,
): Promise<{ hash: string; printOnce?: string }> {
  if (given !== undefined) return { hash: secrets.hash(given) };
  const stored = await store.settings.get(SETTING);
  if (stored !== undefined) return { hash: stored };
  const token = randomBytes(24).toString('base64url');
  const hash = secrets.hash(token);
  await store.settings.put(SETTING, hash);
  return { hash, printOnce: token };
}
