import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileRefused, type FileVault } from '@roambridge/core';

/** What we name files: nothing from outside ever becomes part of a path. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Ending of a file that is still being written. */
const PART = '.part';

/** Files below a directory, which is made when it is not there; what an earlier process left half written is removed. */
export async function openFileVault(directory: string): Promise<FileVault> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    if (name.endsWith(PART)) await rm(join(directory, name), { force: true });
  }

  function pathOf(id: string): string {
    if (!ID.test(id)) throw new Error('not the id of a file');
    return join(directory, id);
  }

  return {
    async write(id, content, maxBytes) {
      const path = pathOf(id);
      const hash = createHash('sha256');
      let sizeBytes = 0;
      const measure = new Transform({
        transform(chunk: Uint8Array, _encoding, done: TransformCallback) {
          sizeBytes += chunk.length;
          if (sizeBytes > maxBytes) {
            done(new FileRefused('too-large'));
            return;
          }
          hash.update(chunk);
          done(null, chunk);
        },
      });
      try {
        await pipeline(content, measure, createWriteStream(`${path}${PART}`, { flags: 'wx', mode: 0o600 }));
        await rename(`${path}${PART}`, path);
      } catch (error) {
        await rm(`${path}${PART}`, { force: true });
        throw error;
      }
      return { sizeBytes, sha256: hash.digest('hex') };
    },
    async read(id) {
      const path = pathOf(id);
      const found = await stat(path).catch(() => undefined);
      return found?.isFile() ? createReadStream(path) : undefined;
    },
    async remove(id) {
      await rm(pathOf(id), { force: true });
    },
    list: async () => (await readdir(directory)).filter((name) => ID.test(name)),
  };
}
