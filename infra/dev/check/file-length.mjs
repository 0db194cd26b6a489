import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../project-files.mjs';

/** A file beyond this has more than one reason to exist. */
export const maxLines = 400;

const counted = /\.(ts|tsx|mjs)$/;
/** Vendored, recorded or generated: their length is not ours to choose. */
const excepted = /(^|\/)(schemas|vectors|generated)\//;

/** Every source file has at most `maxLines` lines. */
export function checkFileLength(root) {
  return listFiles(root)
    .filter((file) => counted.test(file) && !excepted.test(file))
    .map((file) => ({ file, lines: countLines(readFileSync(join(root, file), 'utf8')) }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ file, lines }) => `${file}: ${lines} lines; the limit is ${maxLines}`);
}

function countLines(text) {
  const lines = text.split('\n').length;
  return text.endsWith('\n') ? lines - 1 : lines;
}
