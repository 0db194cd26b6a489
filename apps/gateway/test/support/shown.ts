import { readFileSync } from 'node:fs';
import { readVectors } from './vector-files.js';

/** What shows that something is so: a vector by its id, or a test by its file and title. */
export type Shown = { vector: string } | { file: string; title: string };

export const vector = (id: string): Shown => ({ vector: id });
export const shownBy = (file: string, title: string): Shown => ({ file, title });

const ROOT = new URL('../../../../', import.meta.url);
const ids = readVectors().map(({ id }) => id);
const isThere = (id: string) => ids.some((each) => each === id || new RegExp(`^${id}[^\\d]`).test(each));

/** What of it there is not: ids of vectors, titles of tests. */
export function notThere(shown: readonly Shown[]): string[] {
  return shown.flatMap((each) => {
    if ('vector' in each) return isThere(each.vector) ? [] : [each.vector];
    return readFileSync(new URL(each.file, ROOT), 'utf8').includes(each.title) ? [] : [each.title];
  });
}
