import express, { type RequestHandler } from 'express';
import { Problem } from './problem.js';

const MAX_BODY_BYTES = 1_048_576;
const MAX_JSON_DEPTH = 32;

/** Reads JSON bodies within limits of size and depth; other content is refused. */
export function jsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
      const hasBody =
        request.headers['transfer-encoding'] !== undefined ||
        Number(request.headers['content-length'] ?? 0) > 0;
      if (hasBody && !request.is('application/json'))
        throw new Problem('not-json', 'Send the body as application/json.');
      next();
    },
    express.json({
      limit: MAX_BODY_BYTES,
      strict: false,
      verify: (_request, _response, bytes) => {
        if (isTooDeep(bytes)) {
          throw new Problem('malformed-request', `The JSON is nested deeper than ${MAX_JSON_DEPTH} levels.`);
        }
      },
    }),
  ];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Looks at the text, so that a body of brackets is never parsed. */
function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (CLOSING.has(byte)) depth -= 1;
  }
  return false;
}
