import { afterAll, describe, expect, test } from '@jest/globals';
import type { Form } from './support/golden-fixture.js';
import { closeGoldenDatabase } from './support/golden-gateway.js';
import { runVector } from './support/golden-run.js';
import { OCPI_VERSIONS } from './support/ocpi-spelling.js';
import { linesOf } from './support/vector.js';
import { readVectors } from './support/vector-files.js';

const FORMS: Form[] = ['1.6', '2.0.1'];

afterAll(closeGoldenDatabase);

describe.each(readVectors().map((vector) => [vector.id, vector.title, vector] as const))(
  '%s %s',
  (_id, _title, vector) => {
    for (const form of FORMS)
      for (const version of OCPI_VERSIONS) {
        const lines = linesOf(vector, form, version);
        if (lines === undefined) continue;
        const title = `OCPP ${form}, OCPI ${version}`;
        if (typeof lines === 'string') test.skip(`${title}: ${lines}`, () => undefined);
        else
          test(title, async () => {
            expect(await runVector(vector, lines, { form, version })).toEqual([]);
          });
      }
  },
);
