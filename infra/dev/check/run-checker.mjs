import { join } from 'node:path';
import { projectRoot } from '../project-files.mjs';
import { runTool } from '../run-tool.mjs';

/**
 * Runs an installed script (path below node_modules) on `root`. Returns no problem when it exits
 * with 0, else its whole output as one problem.
 */
export function runChecker(root, script, args) {
  try {
    runTool({
      what: script,
      command: process.execPath,
      args: [join(projectRoot, 'node_modules', script), ...args],
      cwd: root,
    });
    return [];
  } catch (error) {
    return [error.message];
  }
}
