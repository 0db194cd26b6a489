import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts from the file that `jest --json --outputFile` writes. A test file that could not be loaded
 * counts as one failure, and so does a run of jest that ended badly without any other failure.
 */
export function readTestCounts(path, exitCode) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(path, 'utf8'));
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** `N passed, N failed`, and `, N skipped` where there are some. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
