import type { IncomingMessage } from 'node:http';
import { unreadable } from '../errors.js';

const MAX_BODY_BYTES = 1_048_576;
const MAX_DEPTH = 32; // levels of nested objects and lists

/** Reads a JSON body with bounds on size and depth. Throws a refusal with HTTP 400 or 413. // OCPI ST-02 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request);
  const value = parseJson(bytes);
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

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
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
