/** The part of JSON schema that the OCPP schemas use. */
export interface Schema {
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: Schema;
  enum?: string[];
  format?: string;
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  $ref?: string;
  definitions?: Record<string, Schema>;
}

/** How a value is entered. */
export type FieldKind = 'choice' | 'text' | 'time' | 'integer' | 'number' | 'boolean' | 'object' | 'list';

/** One member of a payload. */
export interface Field {
  name: string;
  required: boolean;
  schema: Schema;
}

/** Anyone may add it to any object of OCPP 2.x; who wants to writes it into the JSON. */
const HIDDEN = 'customData';

/** The schema that is meant, with what its reference says of it. */
export function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  const found = name === undefined ? undefined : root.definitions?.[name];
  return found === undefined ? schema : { ...found, ...schema };
}

/** Members of an object, those that it must have first, in the order of the schema. */
export function fieldsOf(schema: Schema, root: Schema): Field[] {
  const needed = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== HIDDEN)
    .map(([name, member]) => ({ name, required: needed.has(name), schema: resolved(member, root) }));
  return [...fields.filter(({ required }) => required), ...fields.filter(({ required }) => !required)];
}

export function kindOf(schema: Schema): FieldKind {
  if (schema.enum !== undefined) return 'choice';
  if (schema.format === 'date-time') return 'time';
  return KINDS[schema.type ?? 'string'] ?? 'text';
}

const KINDS: Record<string, FieldKind> = {
  object: 'object',
  array: 'list',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Address of a value in a payload: names and positions. */
export type Place = readonly (string | number)[];

export const pointerOf = (place: Place): string => place.map((part) => `/${part}`).join('');

/** The payload with another value at a place; undefined takes it away. */
export function withValue(payload: unknown, place: Place, value: unknown): unknown {
  const [first, ...rest] = place;
  if (first === undefined) return value;
  if (typeof first === 'number') {
    const list: unknown[] = Array.isArray(payload) ? [...payload] : [];
    const next = withValue(list[first], rest, value);
    if (next === undefined) list.splice(first, 1);
    else list[first] = next;
    return list;
  }
  const { [first]: old, ...others } = isObject(payload) ? payload : {};
  const next = withValue(old, rest, value);
  if (next === undefined) return others;
  return isObject(payload) && first in payload ? { ...payload, [first]: next } : { ...others, [first]: next };
}
