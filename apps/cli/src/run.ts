import { CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { createProgram } from './program.js';

/** The world around one run of the command line. */
export interface Terminal {
  env: Record<string, string | undefined>;
  out(line: string): void;
  err(line: string): void;
}

/** Runs one command. Resolves with the exit code: 0, or 1 with the reason on the error output. */
export async function run(args: string[], terminal: Terminal): Promise<0 | 1> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (!(error instanceof CliError)) throw error;
    for (const line of error.lines) terminal.err(line);
    return 1;
  }
}
