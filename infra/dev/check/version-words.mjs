import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../project-files.mjs';
import { readSourceFacts } from './source-facts.mjs';

/** Between the edges nothing knows a protocol version. */
const versionless = ['packages/domain/src', 'packages/core/src'];

/** OCPP 1.6, 2.0.1, 2.1 and OCPI 2.1.1, 2.2.1, 2.3.0, as subprotocol or as number. */
const versionWord = /ocpp[12]\.\d(\.\d)?|(?<![\d.])(1\.6J?|2\.0\.1|2\.1\.1|2\.2\.1|2\.3\.0)(?![\d.])/i;

/** No literal in domain or core is a protocol version; comments may cite clauses. */
export function checkVersionWords(root) {
  return versionless.flatMap((folder) =>
    listFiles(join(root, folder))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => checkFile(root, `${folder}/${file}`)),
  );
}

function checkFile(root, path) {
  const { literals } = readSourceFacts(path, readFileSync(join(root, path), 'utf8'));
  return literals
    .filter((literal) => versionWord.test(literal))
    .map(
      (literal) =>
        `${path}: protocol version in "${literal}"; versions belong to packages/ocpp and packages/ocpi`,
    );
}
