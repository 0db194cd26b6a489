import { describe, expect, test } from '@jest/globals';
import { FORMS } from './support/golden-fixture.js';
import { OCPI_VERSIONS } from './support/ocpi-spelling.js';
import { SCENARIOS } from './support/scenarios.js';
import { linesOf } from './support/vector.js';
import { readVectors } from './support/vector-files.js';

const vectors = readVectors();

describe('the 46 golden scenarios', () => {
  for (const [id, title] of Object.entries(SCENARIOS)) {
    const own = vectors.filter((vector) => new RegExp(`^${id}(?!\\d)`).test(vector.id));
    if (own.length === 0) test.todo(`${id} ${title} has no vector yet`);
    else
      test(`${id} ${title} is played for every version of partner, or says why not`, () => {
        for (const version of OCPI_VERSIONS)
          expect(
            own.some((vector) => FORMS.some((form) => linesOf(vector, form, version) !== undefined)),
          ).toBe(true);
      });
  }

  test('every vector has an id and a title of its own', () => {
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
    expect(new Set(vectors.map(({ title }) => title)).size).toBe(vectors.length);
  });
});
