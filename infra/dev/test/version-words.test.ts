import { describe, expect, test } from '@jest/globals';
import { checkVersionWords } from '../check/version-words.mjs';
import { temporaryTree } from './support/temporary-tree.js';

const check = (path: string, code: string): string[] => checkVersionWords(temporaryTree({ [path]: code }));

describe('version words', () => {
  test.each([
    ["const protocol = 'ocpp1.6';"],
    ["type Version = '2.1.1' | 'other';"],
    ['const path = `/ocpi/2.2.1/cdrs`;'],
    ["const names = { '2.3.0': true };"],
    ['const pattern = /^ocpp2\\.0\\.1$/;'],
    ["const name = 'OCPP 1.6J';"],
  ])('fail in core: %s', (code) => {
    expect(check('packages/core/src/model/station.ts', code)).toEqual([
      expect.stringContaining('packages/core/src/model/station.ts: protocol version in'),
    ]);
  });

  test('are allowed in comments, in longer numbers and at the edges', () => {
    const comment = "// OCPP 2.0.1 E02.FR.09\n/** OCPI 2.2.1 */\nexport const address = '12.0.1.7';";
    expect(check('packages/domain/src/index.ts', comment)).toEqual([]);
    expect(check('packages/ocpp/src/index.ts', "export const protocol = 'ocpp1.6';")).toEqual([]);
  });
});
