import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The file starts anew at this size, so that a long run does not fill the disk. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Newest lines that are shown when the gateway dies. */
const LINES_KEPT = 20;
const PINO_WARN = 40;

/** Where the gateway's output goes: all of it to a file, its warnings to the console. */
export interface GatewayLog {
  follow(stream: Readable): void;
  lastLines(): readonly string[];
  close(): void;
}

/** @param warn receives the text of a warning or error. @throws when the file cannot be written. */
export function openGatewayLog(file: string, warn: (text: string) => void): GatewayLog {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  const last: string[] = [];
  let size = 0;
  let open = true;

  function take(line: string): void {
    last.push(line);
    if (last.length > LINES_KEPT) last.shift();
    if (open) append(`${line}\n`);
    const warning = warningIn(line);
    if (warning !== undefined) warn(warning);
  }

  function append(text: string): void {
    if (size > MAX_FILE_BYTES) {
      ftruncateSync(descriptor);
      size = 0;
    }
    size += writeSync(descriptor, text, size);
  }

  return {
    follow: (stream) => void createInterface({ input: stream }).on('line', take),
    lastLines: () => last,
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

/** Text of a line of level warn or above, from JSON or plain lines. */
function warningIn(line: string): string | undefined {
  if (!line.startsWith('{')) return /\b(WARN|ERROR|FATAL)\b/.test(line) ? line : undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('level' in entry)) return undefined;
    const severe =
      typeof entry.level === 'number'
        ? entry.level >= PINO_WARN
        : ['warn', 'error', 'fatal'].includes(String(entry.level).toLowerCase());
    if (!severe) return undefined;
    const message = 'msg' in entry ? String(entry.msg) : line;
    const cause = 'err' in entry ? causeOf(entry.err) : undefined;
    return cause === undefined ? message : `${message}: ${cause}`;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : undefined;
}
