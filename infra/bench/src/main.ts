import { writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments.js';
import { closingNote } from './report/closing-note.js';
import { multipleRowsOf, rowsOf } from './report/rows.js';
import { multipleTableOf, tableOf } from './report/table.js';
import { runBench } from './run/bench.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** @returns the exit code: 1 = data was lost, or a bar was missed and that counts. */
async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    say(USAGE);
    return 0;
  }
  const args = readArguments(process.argv.slice(2));
  const results = await runBench(args, say);
  const rows = rowsOf(results.measurements);
  const multiples = multipleRowsOf(results);
  for (const text of [rows.length > 0 ? tableOf(rows) : '', multipleTableOf(multiples)])
    if (text !== '') say(`\n${text}`);
  say('');
  for (const line of closingNote(rows, results)) say(line);

  const path = args.json ?? join(tmpdir(), 'roambridge-bench.json');
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  writeFileSync(
    path,
    `${JSON.stringify({ at: new Date().toISOString(), machine, arguments: args, rows, multiples, ...results }, null, 2)}\n`,
  );
  say(`\nJSON: ${path}`);

  const losses = results.ledgers.flatMap(({ server, ledger }) =>
    ledger.losses.map((loss) => `${server}: ${loss}`),
  );
  for (const loss of losses) process.stderr.write(`!!! ${loss}\n`);
  const missed = [...rows, ...multiples].some(({ reached }) => reached === false);
  return losses.length > 0 || (missed && args.strict) ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
