import { expect, test } from '@jest/globals';
import { checkFileLength, maxLines } from '../check/file-length.mjs';
import { temporaryTree } from './support/temporary-tree.js';

test('a source file of the limit passes and one line more fails', () => {
  const root = temporaryTree({
    'packages/ocpp/src/right.ts': 'x;\n'.repeat(maxLines),
    'packages/ocpp/src/long.tsx': 'x;\n'.repeat(maxLines + 1),
    'infra/dev/long.mjs': `${'x;\n'.repeat(maxLines)}x;`,
  });
  expect(checkFileLength(root)).toEqual([
    'infra/dev/long.mjs: 401 lines; the limit is 400',
    'packages/ocpp/src/long.tsx: 401 lines; the limit is 400',
  ]);
});

test('made, vendored and recorded files may have any length', () => {
  const long = 'x;\n'.repeat(maxLines + 1);
  const root = temporaryTree({
    'packages/ocpp/dist/index.ts': long,
    'packages/ocpp/node_modules/ws/index.mjs': long,
    'packages/ocpp/schemas/all.ts': long,
    'packages/ocpi/test/vectors/cdr.ts': long,
    'docs/notes.md': long,
  });
  expect(checkFileLength(root)).toEqual([]);
});
