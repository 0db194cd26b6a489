import { createRequire } from 'node:module';
import { createValidator } from 'ocpp-rpc';
import { asPayload, nested, type Payload, text } from './protocol.js';

const require = createRequire(import.meta.url);

/** The library looks schemas up as `urn:Reset.req` and names those of OCPP 2.1 `urn:ResetRequest`. */
function renamed(schema: unknown): Payload {
  const copy = asPayload(schema) ?? {};
  const id = (text(copy, '$id') ?? '').replace(/Request$/, '.req').replace(/Response$/, '.conf');
  const definitions = Object.entries(nested(copy, 'definitions') ?? {});
  return { ...copy, $id: id, definitions: Object.fromEntries(definitions.map(quiet)) };
}

/** A keyword for objects beside the words of an enumeration says nothing, but is warned about. */
function quiet([name, definition]: [string, unknown]): [string, unknown] {
  const { additionalProperties: _, ...words } = asPayload(definition) ?? {};
  return [name, words.type === 'string' ? words : definition];
}

const schemas: unknown = require('ocpp-rpc/lib/schemas/ocpp2_1.json');

/** Validators that replace those of the library. */
export const VALIDATORS = [createValidator('ocpp2.1', Array.isArray(schemas) ? schemas.map(renamed) : [])];
