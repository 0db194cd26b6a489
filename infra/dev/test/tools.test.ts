import { describe, expect, test } from '@jest/globals';
import { checkFormatAndLint } from '../check/format-and-lint.mjs';
import { checkTypes } from '../check/types.mjs';
import { temporaryTree } from './support/temporary-tree.js';

describe('format and lint', () => {
  const settings = '{ "formatter": { "indentStyle": "space" } }\n';

  test('passes a clean tree', () => {
    const root = temporaryTree({ 'biome.json': settings, 'a.ts': 'export const one = 1;\n' });
    expect(checkFormatAndLint(root)).toEqual([]);
  });

  test.each([
    ['a file that is not formatted', 'export const   one = 1;\n', 'a.ts'],
    ['a file with a lint error', 'export const one: any = 1;\n', 'noExplicitAny'],
  ])('fails on %s', (_what, code, named) => {
    const root = temporaryTree({ 'biome.json': settings, 'a.ts': code });
    expect(checkFormatAndLint(root).join('\n')).toContain(named);
  });
});

describe('types', () => {
  const settings = { compilerOptions: { strict: true, composite: true, types: [], outDir: 'dist' } };
  const tree = (code: string) => ({
    'tsconfig.json': { files: [], references: [{ path: 'a' }] },
    'a/tsconfig.json': { ...settings, files: ['index.ts'] },
    'a/index.ts': code,
  });

  test('pass a correct tree', () => {
    expect(checkTypes(temporaryTree(tree('export const one: number = 1;\n')))).toEqual([]);
  });

  test('fail on a wrong type in a referenced package', () => {
    const problems = checkTypes(temporaryTree(tree("export const one: number = 'one';\n")));
    expect(problems.join('\n')).toContain('TS2322');
  });

  test('fail on a wrong type in the console, which no project refers to', () => {
    const root = temporaryTree({
      ...tree('export const one = 1;\n'),
      'apps/console/tsconfig.json': { compilerOptions: { strict: true, types: [] }, files: ['main.ts'] },
      'apps/console/main.ts': "export const one: number = 'one';\n",
    });
    expect(checkTypes(root).join('\n')).toContain('main.ts');
  });
});
