import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runChecker } from './run-checker.mjs';

/** The console is bundled by vite, outside the root project's references. */
const bundled = ['apps/console'];

/** The compiler over all project references, and over the bundled apps without output. */
export function checkTypes(root) {
  const apps = bundled.filter((folder) => existsSync(join(root, folder, 'tsconfig.json')));
  return [
    ...runChecker(root, 'typescript/bin/tsc', ['-b', '--pretty', 'false']),
    ...apps.flatMap((folder) =>
      runChecker(root, 'typescript/bin/tsc', ['-p', folder, '--noEmit', '--pretty', 'false']),
    ),
  ];
}
