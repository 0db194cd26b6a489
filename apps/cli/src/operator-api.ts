import { CliError } from './cli-error.js';
import type { Settings } from './settings.js';
import { cellText } from './table.js';

const TIMEOUT_MS = 90_000;
const PAGE_LIMIT = 500;

/** One object of an answer; members are read by the table that shows them. */
export type Row = Record<string, unknown>;

/** Client of the operator API. Every method throws {@link CliError} with what the gateway said. */
export interface OperatorApi {
  send(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Row>;
  /** Up to `limit` entries of a list, page by page. */
  list(path: string, limit: number): Promise<Row[]>;
}

export function createOperatorApi({ url, token }: Settings): OperatorApi {
  const send: OperatorApi['send'] = async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new CliError(
        `The gateway at ${url} cannot be reached: ${reason(error)}`,
        'Is it running? OPERATOR_URL says where.',
      );
    });
    const answer = asRow(parse(await response.text()));
    if (!response.ok) throw refusal(response.status, answer);
    return answer ?? {};
  };
  return {
    send,
    list: async (path, limit) => {
      const items: Row[] = [];
      let cursor: unknown;
      do {
        const query = new URLSearchParams({ limit: String(Math.min(limit - items.length, PAGE_LIMIT)) });
        if (typeof cursor === 'string') query.set('cursor', cursor);
        const page = await send('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`);
        items.push(...rows(page.items));
        cursor = page.next_cursor;
      } while (typeof cursor === 'string' && items.length < limit);
      return items;
    },
  };
}

/** The objects of a JSON array. */
export function rows(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}

function asRow(value: unknown): Row | undefined {
  return isRow(value) ? value : undefined;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(status: number, problem: Row | undefined): CliError {
  const lines = [
    `${cellText(problem?.title) || 'The gateway refused'} (HTTP ${status}): ${cellText(problem?.detail)}`,
  ];
  for (const { pointer, detail } of rows(problem?.errors))
    lines.push(`  ${cellText(pointer)}: ${cellText(detail)}`);
  if (status === 401) lines.push('OPERATOR_TOKEN, or the file operator-token in DATA_DIR, is the token.');
  return new CliError(...lines);
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new CliError(
      'The answer is not JSON. Does OPERATOR_URL name the operator port of the gateway (8081)?',
    );
  }
}

function reason(error: unknown): string {
  const { name, message, cause } = asRow(error) ?? {};
  if (name === 'TimeoutError') return `no answer in ${TIMEOUT_MS / 1000} s`;
  return cellText(asRow(cause)?.code ?? asRow(cause)?.message ?? message);
}
