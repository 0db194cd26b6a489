/**
 * Brings a checkout to the state in which everything else can run: dependencies installed, packages
 * compiled, console bundled. Does nothing where nothing changed. Needs only Node and npm.
 *
 *   node infra/dev/setup.mjs [--quiet]
 *
 * Exit code 1 with the failing tool's own output when a step fails.
 */
import { projectRoot } from './project-files.mjs';
import { buildConsole } from './setup/build-console.mjs';
import { compile } from './setup/compile.mjs';
import { installDependencies } from './setup/install-dependencies.mjs';
import { requireNode } from './setup/require-node.mjs';

const quiet = process.argv.includes('--quiet');
const say = (line) => {
  if (!quiet) console.log(line);
};

try {
  requireNode(projectRoot, process.versions.node);
  installDependencies({ root: projectRoot, say });
  compile({ root: projectRoot, say });
  buildConsole({ root: projectRoot, say });
} catch (error) {
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}
