import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { v201 } from '../src/v201/protocol.js';

const TEXT = readFileSync(new URL('../../../docs/reference/ocpp-support.md', import.meta.url), 'utf8');

/** Actions in the first column of the table below a heading. */
function actionsBelow(part: string, heading: string): string[] {
  const [, section = ''] = part.split(`### ${heading}\n`);
  const [table = ''] = section.split('\n### ');
  return table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => line.split(' | ')[0]?.match(/[A-Z][A-Za-z0-9]+/g) ?? [])
    .sort();
}

test('the support table of OCPP 2.0.1 has every message that a charger may send, and no other', () => {
  const [, part = ''] = TEXT.split('\n## OCPP 2.0.1\n');
  expect(actionsBelow(part, 'Messages of the charger')).toEqual([...v201.routes.keys()].sort());
  for (const action of actionsBelow(part, 'Messages to the charger')) {
    expect(v201.callable.has(action)).toBe(true);
  }
});
