/**
 * Runs every test that this machine can run; further arguments go to jest.
 * Says first what the machine lacks, and prints as its last line
 * `N passed, N failed` with `, N skipped` where there are some.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCapabilities, describeSkipped, findCapabilities } from './capabilities.mjs';
import { projectRoot } from './project-files.mjs';
import { readTestCounts, summaryLine } from './test-counts.mjs';

const capabilities = findCapabilities({ root: projectRoot, env: process.env });
for (const line of describeCapabilities(capabilities)) console.log(line);

const folder = mkdtempSync(join(tmpdir(), 'roambridge-test-'));
const results = join(folder, 'results.json');
const jest = spawnSync(
  process.execPath,
  [
    join(projectRoot, 'node_modules/jest/bin/jest.js'),
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: projectRoot,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...Object.assign({}, ...capabilities.map((capability) => capability.env)),
      NODE_OPTIONS: [process.env.NODE_OPTIONS, '--experimental-vm-modules'].filter(Boolean).join(' '),
      NODE_NO_WARNINGS: '1',
    },
  },
);
const counts = readTestCounts(results, jest.status);
rmSync(folder, { recursive: true, force: true });

for (const line of describeSkipped(capabilities)) console.log(line);
console.log(summaryLine(counts));
process.exitCode = jest.status === 0 && counts.failed === 0 ? 0 : 1;
