import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../project-files.mjs';
import { runTool } from '../run-tool.mjs';
import { hashFiles, isStamped, writeStamp } from './stamp.mjs';

const folder = 'apps/console';

/**
 * Bundles the console into apps/console/dist unless its sources and the lockfile are those of the
 * last bundle. A checkout without a console page is left alone.
 */
export function buildConsole({ root, say }) {
  if (!existsSync(join(root, folder, 'index.html'))) return;

  // Beside the installed tools, not in dist: everything in dist is served to browsers.
  const stamp = join(root, 'node_modules', '.console-stamp');
  const current = consoleHash(root);
  const isBuilt = existsSync(join(root, folder, 'dist', 'index.html'));
  if (isBuilt && isStamped(stamp, current)) return;

  say('building the console…');
  runTool({
    what: 'building the console',
    command: process.execPath,
    args: [join(root, folder, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    cwd: join(root, folder),
  });
  writeStamp(stamp, current);
}

/** Changes whenever the bundle could come out differently. */
export function consoleHash(root) {
  const sources = listFiles(join(root, folder))
    .filter((file) => !file.startsWith('test/'))
    .map((file) => `${folder}/${file}`);
  return hashFiles(root, [...sources, 'pnpm-lock.yaml']);
}
