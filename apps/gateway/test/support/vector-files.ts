import { readdirSync, readFileSync } from 'node:fs';
import type { Vector } from './vector.js';

const directory = new URL('../vectors/', import.meta.url);

/** All vectors, in the order of their files. */
export function readVectors(): Vector[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as Vector);
}
