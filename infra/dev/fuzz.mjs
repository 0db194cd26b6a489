/**
 * Sends ten times as many frames of any kind to a gateway as `npm test` does. FUZZ_FRAMES changes how many,
 * FAST_CHECK_SEED which ones; the seed is in the title of the test.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './project-files.mjs';

const FRAMES = '200000';

const { status } = spawnSync(
  process.execPath,
  [join(projectRoot, 'infra/dev/test.mjs'), 'apps/gateway/test/fuzz.test.ts', ...process.argv.slice(2)],
  { cwd: projectRoot, stdio: 'inherit', env: { FUZZ_FRAMES: FRAMES, ...process.env } },
);
process.exitCode = status ?? 1;
