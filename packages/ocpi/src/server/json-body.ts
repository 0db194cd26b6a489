import type { IncomingMessage } from 'node:http';
import { unreadable } from '../errors.js';

const MAX_BODY_BYTES = 1_048_576;
const MAX_DEPTH = 32; // levels of nested objects and lists

/** The text of a body within its bound. Throws a refusal with HTTP 400, 413 or 415. // OCPI ST-02 */
export async function readBodyText(request: IncomingMessage): Promise<string> {
  const bytes = await readBytes(request);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('The body is not valid UTF-8');
  }
}

/** The JSON of a body with a bound on its depth. Throws a refusal with HTTP 400. // OCPI ST-02 */
export function parseJsonBody(text: string): unknown {
  const value = parseJson(text);
  if (isDeeperThan(value, MAX_DEPTH)) {
    throw unreadable(`The body is nested deeper than ${MAX_DEPTH} levels`);
  }
  return value;
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  if (request.headers['content-encoding'] !== undefined) {
    throw unreadable('Compressed bodies are not accepted', 415);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) {
      continue;
    }
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) {
      throw unreadable(`The body is larger than ${MAX_BODY_BYTES} bytes`, 413);
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('The body is not valid JSON');
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}
