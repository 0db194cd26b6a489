import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PEER_FAULTS } from './support/peer-faults.js';
import { readVectors } from './support/vector-files.js';

const ROOT = new URL('../../../', import.meta.url);
const vectors = readVectors().map(({ id }) => id);
const isThere = (id: string) => vectors.some((each) => each === id || new RegExp(`^${id}[^\\d]`).test(each));

describe('what others get wrong in this translation has a test here', () => {
  for (const [id, { fault, shown }] of Object.entries(PEER_FAULTS)) {
    const missing = shown.flatMap((each) => ('vector' in each && !isThere(each.vector) ? [each.vector] : []));
    if (missing.length > 0) {
      test.todo(`${id} ${fault}: ${missing.join(', ')} has no vector yet`);
      continue;
    }
    test(`${id} ${fault}`, () => {
      expect(shown.length).toBeGreaterThan(0);
      for (const each of shown) {
        if ('vector' in each) continue;
        expect(readFileSync(new URL(each.file, ROOT), 'utf8')).toContain(each.title);
      }
    });
  }
});
