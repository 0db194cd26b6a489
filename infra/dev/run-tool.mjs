import { spawnSync } from 'node:child_process';

/** A tool's output beyond this is cut off by Node with an error instead of filling the memory. */
const maxOutputBytes = 64 * 1024 * 1024;

/**
 * Runs a command to its end and keeps its output to itself; throws with that output when it fails.
 * `what` names the step in the message.
 */
export function runTool({ what, command, args, cwd, env = process.env }) {
  // npm's launchers are .cmd files on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && command !== process.execPath;
  const done = spawnSync(command, args, { cwd, env, shell, encoding: 'utf8', maxBuffer: maxOutputBytes });
  if (done.error) throw new Error(`${what} could not start: ${done.error.message}`);
  if (done.status === 0) return;
  const ending = done.signal === null ? `exit code ${done.status}` : `signal ${done.signal}`;
  throw new Error(`${what} failed (${ending})\n${done.stdout}${done.stderr}`.trimEnd());
}
