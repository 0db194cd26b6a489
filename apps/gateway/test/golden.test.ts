import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Form } from './support/golden-fixture.js';
import { runVector } from './support/golden-run.js';
import type { Vector } from './support/vector.js';

const directory = new URL('./vectors/', import.meta.url);

describe.each(
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as Vector)
    .map((vector) => [vector.id, vector.title, vector] as const),
)('%s %s', (_id, _title, vector) => {
  test.each(Object.keys(vector.forms) as Form[])('OCPP %s', async (form) => {
    expect(await runVector(vector, form)).toEqual([]);
  });
});
