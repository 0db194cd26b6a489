import { runChecker } from './run-checker.mjs';

/** Biome's formatter and linter with the rules of biome.json in `root`. Warnings fail too. */
export function checkFormatAndLint(root) {
  return runChecker(root, '@biomejs/biome/bin/biome', [
    'check',
    '--error-on-warnings',
    '--max-diagnostics=none',
    '--colors=off',
  ]);
}
