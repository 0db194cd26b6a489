import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { modulesOf } from '../../../packages/ocpi/src/modules/versions.js';
import { ADAPTERS } from '../../../packages/ocpi/src/versions/registry.js';
import { supportPage } from './support/ocpi-requirements/support-page.js';

const PAGE = new URL('../../../docs/reference/ocpi-support.md', import.meta.url);

/** Where a requirement is shown may move: `ocpi-requirements.test.ts` is what holds on to it. */
const withoutEvidence = (page: string) => page.replaceAll(/^(\| [A-Z]+-\d+ \|.*\|)[^|]*\|$/gm, '$1');

test('docs/reference/ocpi-support.md is as the index makes it (UPDATE_SUPPORT=1 writes it)', () => {
  if (process.env.UPDATE_SUPPORT !== undefined) writeFileSync(PAGE, supportPage());
  expect(withoutEvidence(readFileSync(PAGE, 'utf8'))).toBe(withoutEvidence(supportPage()));
});

test('its table has the modules of every version, and no other', () => {
  const rows = supportPage().matchAll(
    /^\| ([a-z]+) \| (all|[\d., ]+) \| (-|SENDER|RECEIVER|SENDER, RECEIVER) \|/gm,
  );
  const table = new Map([...rows].map(([, module, versions]) => [module, versions]));
  for (const [version, adapter] of Object.entries(ADAPTERS)) {
    const offered = modulesOf(adapter).map(([module]) => module);
    const told = [...table].filter(([, versions]) => versions === 'all' || versions?.includes(version));
    expect(told.map(([module]) => module).sort()).toEqual(['versions', ...new Set(offered)].sort());
  }
});
