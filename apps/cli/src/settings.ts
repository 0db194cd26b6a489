import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from './cli-error.js';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = '8081';
/** A gateway that listens there is reached by the loopback address. */
const EVERY_ADDRESS = ['0.0.0.0', '::'];
const DEFAULT_DATA_DIR = './.data';
const TOKEN_FILE = 'operator-token';

/** Where the operator API is and who is asking. */
export interface Settings {
  url: string;
  token: string;
}

/**
 * From `OPERATOR_URL`, or the gateway's own `OPERATOR_HOST` and `OPERATOR_PORT`, and `OPERATOR_TOKEN`, or the token file
 * that the gateway leaves in `DATA_DIR`.
 * @throws {CliError} without a token or with an address that is none.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const url = env.OPERATOR_URL || gatewayUrl(env);
  if (!/^https?:$/.test(protocolOf(url)))
    throw new CliError(`OPERATOR_URL is not an http or https URL: ${url}`);
  const file = join(env.DATA_DIR ?? DEFAULT_DATA_DIR, TOKEN_FILE);
  const token = env.OPERATOR_TOKEN ?? readToken(file);
  if (token === undefined || token === '') {
    throw new CliError(
      `There is no operator token: set OPERATOR_TOKEN, or DATA_DIR to a directory with ${TOKEN_FILE}.`,
    );
  }
  return { url: url.replace(/\/+$/, ''), token };
}

function gatewayUrl({ OPERATOR_HOST, OPERATOR_PORT }: Record<string, string | undefined>): string {
  const host = EVERY_ADDRESS.includes(OPERATOR_HOST ?? '') ? DEFAULT_HOST : OPERATOR_HOST || DEFAULT_HOST;
  return `http://${host}:${OPERATOR_PORT || DEFAULT_PORT}`;
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
