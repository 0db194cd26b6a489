import { type DestinationStream, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import { cleanText, redactFields } from './redaction.js';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  level: LogLevel;
  /** `json`: one JSON document per line. `pretty`: for people at a terminal. */
  format: 'pretty' | 'json';
  /** Name of this gateway, told in every line; absent = none is told. */
  node?: string;
  /** Where the lines go; standard output when absent. */
  destination?: NodeJS.WritableStream;
}

/** Structured log: fields are data, secrets in them are masked by field name, the message is a constant text. */
export interface Logger {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Writes synchronously, so that nothing is lost when the process ends. */
export function createLogger({ level, format, node, destination }: LoggerOptions): Logger {
  const lines = pino(
    {
      level,
      base: node === undefined ? null : { node },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    lineStream(format, destination),
  );
  return {
    debug: (fields, message) => {
      if (lines.isLevelEnabled('debug')) lines.debug(redactFields(fields), cleanText(message));
    },
    info: (fields, message) => {
      if (lines.isLevelEnabled('info')) lines.info(redactFields(fields), cleanText(message));
    },
    warn: (fields, message) => {
      if (lines.isLevelEnabled('warn')) lines.warn(redactFields(fields), cleanText(message));
    },
    error: (fields, message) => {
      if (lines.isLevelEnabled('error')) lines.error(redactFields(fields), cleanText(message));
    },
  };
}

function lineStream(
  format: LoggerOptions['format'],
  destination: NodeJS.WritableStream | undefined,
): DestinationStream {
  if (format === 'pretty') {
    return PinoPretty({
      destination: destination ?? 1,
      sync: true,
      colorize:
        destination === undefined && process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
      translateTime: 'SYS:HH:MM:ss.l',
      singleLine: true,
    });
  }
  if (destination === undefined) return pino.destination({ dest: 1, sync: true });
  return { write: (line: string) => void destination.write(line) };
}
