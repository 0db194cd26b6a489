import { join } from 'node:path';
import { runTool } from '../run-tool.mjs';

/** Compiles every package that the root tsconfig.json refers to into its `dist`; incremental. */
export function compile({ root, say }) {
  say('building…');
  runTool({
    what: 'compiling',
    command: process.execPath,
    args: [join(root, 'node_modules/typescript/bin/tsc'), '-b'],
    cwd: root,
  });
}
