import { describe, expect, test } from '@jest/globals';
import { checkLicences, isAllowed } from '../check/licences.mjs';
import { temporaryTree } from './support/temporary-tree.js';

function check(manifest: {
  name: string;
  version?: string;
  license?: unknown;
  licenses?: unknown;
}): string[] {
  const { name } = manifest;
  const path = `node_modules/.pnpm/${name.replace('/', '+')}@1.0.0/node_modules/${name}/package.json`;
  return checkLicences(temporaryTree({ [path]: { version: '1.0.0', ...manifest } }));
}

describe('licences', () => {
  test('accept a permissive licence in each form that manifests use', () => {
    expect(check({ name: 'one', license: 'MIT' })).toEqual([]);
    expect(check({ name: '@scope/two', license: { type: 'ISC' } })).toEqual([]);
    expect(check({ name: 'three', licenses: [{ type: 'GPL-2.0' }, { type: 'BSD-2-Clause' }] })).toEqual([]);
  });

  test.each([
    ['a copyleft licence', { name: 'one', license: 'GPL-3.0-only' }],
    ['a copyleft licence in a scope', { name: '@scope/two', license: 'AGPL-3.0-or-later' }],
    ['no licence', { name: 'three' }],
    ['an unknown text', { name: 'four', license: 'SEE LICENSE IN LICENSE.md' }],
    ['a licence that only another package may have', { name: 'five', license: 'MPL-2.0' }],
    ['a version other than the one that was read', { name: 'precond', version: '0.3.0' }],
    ['a new licence of an exception', { name: 'lightningcss', license: 'AGPL-3.0-only' }],
  ])('refuse %s', (_what, manifest) => {
    expect(check(manifest)).toEqual([expect.stringContaining(`${manifest.name}@`)]);
  });

  test('fail when nothing is installed', () => {
    expect(checkLicences(temporaryTree({}))).toEqual([expect.stringContaining('nothing is installed')]);
  });

  test.each([
    ['MIT OR GPL-2.0', true],
    ['(MIT OR CC0-1.0)', true],
    ['MIT AND GPL-2.0', false],
    ['(GPL-2.0 OR ISC) AND (MIT OR LGPL-3.0)', true],
    ['MIT OR', false],
    ['(MIT', false],
    ['MIT)', false],
    ['MIT ISC', false],
    ['toString', false],
    ['', false],
  ])('read the expression %s as allowed: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});
