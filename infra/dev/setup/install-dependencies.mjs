import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceFolders } from '../project-files.mjs';
import { runTool } from '../run-tool.mjs';
import { hashFiles, isStamped, writeStamp } from './stamp.mjs';

/**
 * Installs exactly what the lockfile says, unless the lockfile, the manifests and the platform are
 * the ones of the last successful installation.
 */
export function installDependencies({ root, say }) {
  const stamp = join(root, 'node_modules', '.setup-stamp');
  const current = dependencyHash(root);
  if (isStamped(stamp, current)) return;

  say('installing dependencies…');
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const npx = findNpx();
  runTool({
    what: 'installing dependencies',
    command: npx.command,
    // --prefer-offline: without it npx waits for the registry's time-out on a machine without network.
    // --prod=false: the compiler and the test runner are needed even where NODE_ENV=production is set.
    args: [
      ...npx.args,
      '--yes',
      '--prefer-offline',
      packageManager,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--prod=false',
      '--reporter=append-only',
    ],
    cwd: root,
    // Without a terminal pnpm refuses to replace a node_modules of another layout unless CI is set.
    env: { ...process.env, CI: 'true' },
  });
  writeStamp(stamp, current);
}

/** Changes whenever an installation could come out differently. */
export function dependencyHash(root) {
  const manifests = workspaceFolders(root).map((folder) => `${folder}/package.json`);
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests.sort()];
  return hashFiles(root, files, [process.platform, process.arch]);
}

/** The npx that belongs to the npm that is running this, else the one on the PATH. */
function findNpx() {
  const npm = process.env.npm_execpath;
  const script = npm === undefined ? undefined : join(dirname(npm), 'npx-cli.js');
  if (script !== undefined && existsSync(script)) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npx.cmd' : 'npx', args: [] };
}
