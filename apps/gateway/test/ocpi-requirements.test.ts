import { describe, expect, test } from '@jest/globals';
import { readChecklist } from './support/ocpi-requirements/checklist.js';
import { OCPI_SECTIONS } from './support/ocpi-requirements/index.js';
import { OUTSIDE } from './support/ocpi-requirements/outside.js';
import { faultsOf } from './support/ocpi-requirements/requirement.js';
import { notThere } from './support/shown.js';

describe.each(OCPI_SECTIONS.map((section) => [section.title, section] as const))(
  '%s: a test, or a reason where OCPI does not insist',
  (_title, { prefix, requirements }) => {
    test.each(Object.entries(requirements).map(([id, each]) => [id, each.rule, each] as const))(
      '%s %s',
      (id, _rule, requirement) => {
        expect(id).toMatch(new RegExp(`^${prefix}-`));
        expect(faultsOf(requirement)).toEqual([]);
      },
    );
  },
);

test.each(Object.values(OUTSIDE))('$title: not offered, because: $reason', ({ shown }) => {
  expect(notThere([shown])).toEqual([]);
});

test('a requirement without a test is found', () => {
  const missing = { versions: 'all', rule: 'the moon is round', shown: [] } as const;
  const fault = { file: 'CONTRIBUTING.md', title: 'the moon is ro' + 'und' };
  expect(faultsOf({ ...missing, shown: [], force: 'M', reason: 'it is' })).toHaveLength(1);
  expect(faultsOf({ ...missing, shown: [], force: 'S' })).toHaveLength(1);
  expect(faultsOf({ ...missing, shown: [], force: 'S', reason: 'it is' })).toEqual([]);
  expect(faultsOf({ ...missing, shown: [fault], force: 'M' })).toHaveLength(1);
});

const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
const checklist = process.env.OCPI_REQUIREMENTS;

/** Extensions, editions and the examples of prices, which have vectors of their own. */
const OTHER_ROWS = /^(BK|PY|ED|TV\d+[a-c]?$)/;

const VERSIONS_THERE: Record<string, string> = {
  all: 'ALL',
  '2.1.1': '211',
  '2.2.1': '221',
  '2.3.0': '230',
  '2.2.1+': '22+',
  '2.1.1, 2.2.1': '211,221',
};

(checklist === undefined ? describe.skip : describe)(
  'the rows of the checklist of OCPI (skipped without OCPI_REQUIREMENTS, the path of its file)',
  () => {
    const rows = checklist === undefined ? [] : readChecklist(checklist);

    test.each(OCPI_SECTIONS.map((section) => [section.title, section] as const))(
      '%s: each is in the index, as binding as it is there, and no other is',
      (_title, { prefix, requirements }) => {
        const expected = rows
          .filter(({ id }) => new RegExp(`^${prefix}-\\d`).test(id))
          .map(({ id, versions, force }) => ({
            id,
            versions: versions ?? VERSIONS_THERE[requirements[id]?.versions ?? ''],
            force: force ?? requirements[id]?.force,
          }));
        const actual = Object.entries(requirements).map(([id, { versions, force }]) => ({
          id,
          versions: VERSIONS_THERE[versions],
          force,
        }));
        expect(actual.sort(byId)).toEqual(expected.sort(byId));
      },
    );

    test('every part of the checklist is in the index', () => {
      const indexed = OCPI_SECTIONS.map(({ prefix }) => prefix);
      const parts = new Set(
        rows.map(({ id }) => id.split('-')[0]).filter((part) => !OTHER_ROWS.test(part ?? '')),
      );
      expect([...parts].filter((part) => !indexed.includes(part ?? ''))).toEqual([]);
    });
  },
);
