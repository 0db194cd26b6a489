/**
 * Everything that can be judged without running the program: format and lint, types, layer rules,
 * version words, licences, file length. Reports all problems of all rules; exit code 1 if there are any.
 */
import { checkFileLength } from './check/file-length.mjs';
import { checkFormatAndLint } from './check/format-and-lint.mjs';
import { checkLayers } from './check/layers.mjs';
import { checkLicences } from './check/licences.mjs';
import { checkTypes } from './check/types.mjs';
import { checkVersionWords } from './check/version-words.mjs';
import { projectRoot } from './project-files.mjs';

/** Each rule takes the folder to judge and returns its problems, one text each; none = passed. */
const rules = {
  'format and lint': checkFormatAndLint,
  types: checkTypes,
  layers: checkLayers,
  'version words': checkVersionWords,
  licences: checkLicences,
  'file length': checkFileLength,
};

let failed = 0;
for (const [name, check] of Object.entries(rules)) {
  const problems = check(projectRoot);
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '       '));
  if (problems.length > 0) failed += 1;
}
console.log(failed === 0 ? 'all checks passed' : `${failed} of ${Object.keys(rules).length} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
