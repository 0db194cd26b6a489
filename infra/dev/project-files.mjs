import { readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders that hold made things, never sources. Kept equal to .gitignore. */
const made = new Set(['node_modules', 'dist', 'coverage', '.data', '.git']);

/**
 * Every source file below `folder`, as sorted paths relative to it with forward slashes.
 * A folder that does not exist has no files.
 */
export function listFiles(folder) {
  const found = [];
  const visit = (relative) => {
    for (const entry of readDirectory(join(folder, relative))) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!made.has(entry.name)) visit(path);
      } else if (entry.isFile()) {
        found.push(path);
      }
    }
  };
  visit('');
  return found.sort();
}

/**
 * Folders of the workspace members that lie in the repository, relative to it: every folder below
 * apps, packages and simulators with a package.json, and infra/bench.
 */
export function workspaceFolders(root) {
  const groups = ['apps', 'packages', 'simulators', 'infra'];
  return groups.flatMap((group) =>
    readDirectory(join(root, group))
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${group}/${entry.name}`)
      .filter((folder) => readDirectory(join(root, folder)).some((entry) => entry.name === 'package.json')),
  );
}

function readDirectory(path) {
  try {
    return readdirSync(path.split('/').join(sep), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
