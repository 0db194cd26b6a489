import { afterAll, describe, expect, test } from '@jest/globals';
import { FORMS } from './golden-fixture.js';
import { closeGoldenDatabase } from './golden-gateway.js';
import { runVector } from './golden-run.js';
import type { OcpiVersion } from './ocpi-spelling.js';
import { linesOf } from './vector.js';
import { readVectors } from './vector-files.js';

/** A test for every vector in each of its forms, as a partner of this OCPI version sees it. */
export function testVectorsFor(version: OcpiVersion): void {
  afterAll(closeGoldenDatabase);

  const vectors = readVectors().filter(({ killed }) => !killed);
  describe.each(vectors.map((vector) => [vector.id, vector.title, vector] as const))(
    '%s %s',
    (_id, _title, vector) => {
      for (const form of FORMS) {
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
}
