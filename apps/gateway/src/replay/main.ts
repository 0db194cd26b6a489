import { text } from 'node:stream/consumers';
import { createLogger } from '@roambridge/telemetry';
import { ReplayRefused } from './master-data.js';
import { replayInput } from './recording.js';
import { replay } from './replay.js';

/** Reads a replay as JSON from the standard input and writes the calls that result, one JSON object a line. */
async function main(): Promise<void> {
  const input = replayInput.safeParse(JSON.parse(await text(process.stdin)));
  if (!input.success) {
    const [issue] = input.error.issues;
    throw new ReplayRefused(`${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'is not usable'}`);
  }
  const log = createLogger({ level: 'error', format: 'json', destination: process.stderr });
  for (const call of await replay(input.data, log)) process.stdout.write(`${JSON.stringify(call)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ReplayRefused ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
