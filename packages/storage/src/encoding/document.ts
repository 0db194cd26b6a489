import { StorageError } from '../errors.js';

/**
 * Documents are JSON in text columns: JSON.stringify escapes NUL and lone surrogates, which the json types of
 * PostgreSQL refuse or lose (S7).
 */
export function toDocument(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new StorageError('VALUE_INVALID', 'a document must be a JSON value');
  return text;
}

/** Text that {@link toDocument} made from a T. */
export function fromDocument<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** Milliseconds of an OCPI DateTime; `field` names it in the error. OCPI times without offset are UTC (CT-12). */
export function timeOf(text: string, field: string): number {
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (Number.isNaN(ms)) throw new StorageError('VALUE_INVALID', `${field}: "${text}" is not a date and time`);
  return ms;
}

/** OCPI DateTime of a moment, with milliseconds only where it has some. */
export function toTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
