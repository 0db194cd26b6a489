import { COMMAND_TEXTS } from '../texts/commands.js';
import { isObject, type Place, pointerOf, resolved, type Schema } from './schema.js';

const T = COMMAND_TEXTS.problems;
/** A quotient this near to a whole number is one: 0.1 has no exact binary form. */
const MULTIPLE_TOLERANCE = 1e-6;

/** What is wrong with a payload, by JSON pointer; what the gateway would refuse. Empty = it may be sent. */
export function problemsOf(value: unknown, schema: Schema): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  check(value, schema, []);
  return problems;

  function check(found: unknown, of: Schema, place: Place): void {
    const meant = resolved(of, schema);
    const problem = problemOf(found, meant);
    if (problem !== undefined) problems.set(pointerOf(place), problem);
    else if (isObject(found)) checkMembers(found, meant, place);
    else if (Array.isArray(found) && meant.items !== undefined) {
      for (const [index, item] of found.entries()) check(item, meant.items, [...place, index]);
    }
  }

  function checkMembers(found: Record<string, unknown>, of: Schema, place: Place): void {
    for (const name of of.required ?? []) {
      if (found[name] === undefined) problems.set(pointerOf([...place, name]), T.required);
    }
    for (const [name, member] of Object.entries(found)) {
      const memberSchema = of.properties?.[name];
      if (memberSchema !== undefined) check(member, memberSchema, [...place, name]);
      else if (of.additionalProperties === false) problems.set(pointerOf([...place, name]), T.unknown);
    }
  }
}

function problemOf(value: unknown, schema: Schema): string | undefined {
  const { type } = schema;
  if (schema.enum !== undefined) {
    return schema.enum.some((word) => word === value) ? undefined : T.choice(schema.enum);
  }
  if (type === undefined) return undefined;
  if (type === 'object') return isObject(value) ? undefined : T.object;
  if (type === 'array') return listProblem(value, schema);
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : T.boolean;
  return type === 'string' ? textProblem(value, schema) : numberProblem(value, schema);
}

function listProblem(value: unknown, { minItems = 0, maxItems = Infinity }: Schema): string | undefined {
  if (!Array.isArray(value)) return T.list;
  if (value.length < minItems) return T.minItems(minItems);
  return value.length > maxItems ? T.maxItems(maxItems) : undefined;
}

function textProblem(value: unknown, schema: Schema): string | undefined {
  if (typeof value !== 'string') return T.text;
  const { maxLength = Infinity, minLength = 0, pattern, format } = schema;
  const length = [...value].length;
  if (length > maxLength) return T.maxLength(maxLength, length);
  if (length < minLength) return T.minLength(minLength);
  if (format === 'date-time' && Number.isNaN(Date.parse(value))) return T.time;
  if (format === 'uri' && !URL.canParse(value)) return T.url;
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? T.pattern(pattern) : undefined;
}

function numberProblem(value: unknown, schema: Schema): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return T.number;
  if (schema.type === 'integer' && !Number.isInteger(value)) return T.integer;
  const { minimum = -Infinity, maximum = Infinity, multipleOf } = schema;
  if (value < minimum) return T.minimum(minimum);
  if (value > maximum) return T.maximum(maximum);
  const steps = multipleOf === undefined ? 0 : value / multipleOf;
  return Math.abs(steps - Math.round(steps)) > MULTIPLE_TOLERANCE ? T.multipleOf(multipleOf ?? 1) : undefined;
}
