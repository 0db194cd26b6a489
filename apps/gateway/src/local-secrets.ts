import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * Key of all hashes and of secrets at rest: as given, else from `secrets.key` in the data directory, made at the first
 * start with access for its owner alone. Throws when the file is not such a key: a new one would lock every partner out.
 */
export function secretsKey(dataDir: string, given: Uint8Array | undefined): Uint8Array {
  if (given) return given;
  const path = join(dataDir, 'secrets.key');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = new Uint8Array(Buffer.from(readFileSync(path, 'utf8'), 'base64'));
  if (key.length !== KEY_BYTES) throw new Error(`${path} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}
