import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

/** Folders whose tests show how the gateway meets chargers. */
const FOLDERS = ['packages/ocpp/test', 'packages/core/test', 'apps/gateway/test'];
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** First and last clause of each chapter of the transport. */
const CHAPTERS = [
  { title: 'endpoint and identity', from: 1, to: 8 },
  { title: 'subprotocol', from: 10, to: 15 },
  { title: 'authentication', from: 20, to: 27 },
  { title: 'TLS', from: 30, to: 33 },
  { title: 'client certificates', from: 40, to: 44 },
  { title: 'sockets', from: 50, to: 60 },
  { title: 'frames', from: 70, to: 84 },
  { title: 'validation and journal', from: 90, to: 98 },
];

/** Clauses without a test, and why. */
const NOT_SHOWN: Record<string, string> = {
  'A-027': 'the gateway makes no passwords: the operator enters or sends them',
  'A-033': 'advice of OCPP 2.1: the length of TLS records is left to the TLS library',
  'A-055': 'one node: there is no lease of an identity between nodes',
};

function titles(): string {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(`${ROOT}${folder}/${name}`, 'utf8')),
  );
  // Titles are quoted; comments are not.
  return files.flatMap((text) => text.match(/(['`]).*?\1/g) ?? []).join('\n');
}

const shown = titles();
const clauses = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `A-${String(from + n).padStart(3, '0')}`);

test.each(CHAPTERS)('every clause about $title is named by a test that shows it', ({ from, to }) => {
  const missing = clauses(from, to).filter((id) => !shown.includes(id) && !(id in NOT_SHOWN));
  expect(missing).toEqual([]);
});

test('a clause with a reason for having no test has none', () => {
  // Their own lines are the only ones that name them.
  const count = (id: string) => shown.split(id).length - 1;
  expect(Object.keys(NOT_SHOWN).filter((id) => count(id) > 1)).toEqual([]);
});
