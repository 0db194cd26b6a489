import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readTestCounts, summaryLine } from '../test-counts.mjs';
import { temporaryTree } from './support/temporary-tree.js';

const results = {
  numPassedTests: 7,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

function counts(changes: Partial<typeof results>, exitCode: number | null) {
  return readTestCounts(join(temporaryTree({ 'r.json': { ...results, ...changes } }), 'r.json'), exitCode);
}

test('the summary names skipped tests only where there are some', () => {
  expect(summaryLine(counts({}, 0))).toBe('7 passed, 0 failed');
  expect(summaryLine(counts({ numPendingTests: 2, numTodoTests: 1 }, 0))).toBe(
    '7 passed, 0 failed, 3 skipped',
  );
});

test('a test file that does not load is a failure', () => {
  expect(summaryLine(counts({ numFailedTests: 1, numRuntimeErrorTestSuites: 2 }, 1))).toBe(
    '7 passed, 3 failed',
  );
});

test('a run that ends badly or leaves no results is a failure', () => {
  expect(summaryLine(counts({}, 1))).toBe('7 passed, 1 failed');
  expect(summaryLine(counts({}, null))).toBe('7 passed, 1 failed');
  expect(summaryLine(readTestCounts('/nowhere/results.json', 1))).toBe('0 passed, 1 failed');
});
