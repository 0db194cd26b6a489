import { StorageError } from '../errors.js';
import { toStorable } from './text.js';

/**
 * PostgreSQL element types of a column, with their type ids. A `document` is JSON text, in which everything that a
 * text cannot hold is escaped already.
 */
const OIDS = { text: 25, document: 25, int8: 20, float8: 701, bool: 16 } as const;

export type ColumnType = keyof typeof OIDS;
export type ColumnValue = string | number | boolean | null;

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
const HIGH_WORD = 2 ** 32;

/**
 * One column of many rows in PostgreSQL's binary array format, as a parameter for `unnest`: no quoting, and the
 * statement is the same for any number of rows. `field` names the column in errors.
 */
export function binaryArray(type: ColumnType, values: readonly ColumnValue[], field: string): Buffer {
  if (values.length === 0) return header(type, 0, false, HEADER_BYTES - 8);
  const texts = isText(type) ? values.map((value) => textOf(type, value, field)) : undefined;
  const sizes = values.map((value, i) => (value === null ? 0 : sizeOf(type, texts?.[i] ?? '')));
  let size = HEADER_BYTES + LENGTH_BYTES * values.length;
  let nulls = false;
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === null) nulls = true;
    size += sizes[i] ?? 0;
  }
  const buffer = header(type, values.length, nulls, size);
  let offset = HEADER_BYTES;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    if (value === null) {
      offset = buffer.writeInt32BE(NULL_LENGTH, offset);
      continue;
    }
    const start = offset + LENGTH_BYTES;
    const end = texts
      ? start + writeText(buffer, texts[i] ?? '', start, sizes[i] ?? 0)
      : writeValue(buffer, type, value, start, field);
    buffer.writeInt32BE(end - start, offset);
    offset = end;
  }
  return buffer;
}

function header(type: ColumnType, count: number, nulls: boolean, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(count === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(nulls ? 1 : 0, 4);
  buffer.writeInt32BE(OIDS[type], 8);
  if (count === 0) return buffer;
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

function isText(type: ColumnType): boolean {
  return type === 'text' || type === 'document';
}

function textOf(type: ColumnType, value: ColumnValue, field: string): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw invalid(field, value, 'text');
  return type === 'document' || isPlain(value) ? value : toStorable(value);
}

/** Characters up to which a text is looked at and written here: a call into the engine costs more. */
const SHORT = 48;
/** The mark of `toStorable`. */
const SUBSTITUTE = 0x1a;

/** A short text of ASCII that is stored as it is. */
function isPlain(text: string): boolean {
  if (text.length > SHORT) return false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0 || code === SUBSTITUTE || code > 0x7f) return false;
  }
  return true;
}

/** Bytes written: `size`. */
function writeText(buffer: Buffer, text: string, at: number, size: number): number {
  if (size > SHORT || size !== text.length) return buffer.write(text, at);
  for (let i = 0; i < size; i += 1) buffer[at + i] = text.charCodeAt(i);
  return size;
}

function sizeOf(type: ColumnType, text: string): number {
  if (isText(type)) return isPlain(text) ? text.length : Buffer.byteLength(text);
  return type === 'bool' ? 1 : 8;
}

function writeValue(buffer: Buffer, type: ColumnType, value: ColumnValue, at: number, field: string): number {
  if (type === 'bool') {
    if (typeof value !== 'boolean') throw invalid(field, value, 'true or false');
    return buffer.writeUInt8(value ? 1 : 0, at);
  }
  if (type === 'float8') {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(field, value, 'a finite number');
    return buffer.writeDoubleBE(value, at);
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw invalid(field, value, 'a whole number');
  const high = Math.floor(value / HIGH_WORD);
  buffer.writeInt32BE(high, at);
  return buffer.writeUInt32BE(value - high * HIGH_WORD, at + 4);
}

function invalid(field: string, value: ColumnValue, expected: string): StorageError {
  return new StorageError('VALUE_INVALID', `${field}: ${typeof value} ${String(value)} is not ${expected}`);
}
