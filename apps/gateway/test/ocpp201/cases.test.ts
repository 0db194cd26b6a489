import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CASES_201, caseIds, NOT_SHOWN_201 } from '../support/ocpp201-cases.js';

const HERE = new URL('.', import.meta.url);
const SUPPORT = new URL('../support/', HERE);

/** What the titles of the tests are made of. */
function sources(): string {
  const files = (folder: URL, pattern: RegExp) =>
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return [...files(HERE, /\.test\.ts$/), ...files(SUPPORT, /^ocpp201-call-cases\.ts$/)].join('\n');
}

test('every certification case of OCPP 2.0.1 has a test with its id, or a reason why it has none', () => {
  const text = sources();
  const ids = caseIds();
  expect(ids.length).toBe(231);
  const shown = ids.filter((id) => text.includes(`'${id}'`) || text.includes(`'${id} `));
  const missing = ids.filter((id) => !shown.includes(id) && NOT_SHOWN_201[id] === undefined);
  expect(missing).toEqual([]);
  expect(Object.keys(NOT_SHOWN_201).filter((id) => shown.includes(id))).toEqual([]);
  const blocks = Object.keys(CASES_201).join('');
  expect(blocks).toBe('ABCDEFGHIJKLMNOP');
});

test('a title names only cases that there are', () => {
  const ids = new Set(caseIds());
  const named = sources().match(/TC_[A-P]_\d\d/g) ?? [];
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});
