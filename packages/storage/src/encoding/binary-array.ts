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
  let size = HEADER_BYTES + LENGTH_BYTES * values.length;
  let nulls = false;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    if (value === null) nulls = true;
    else size += sizeOf(type, texts?.[i] ?? '');
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
      ? start + buffer.write(texts[i] ?? '', start)
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
  return type === 'document' ? value : toStorable(value);
}

function sizeOf(type: ColumnType, text: string): number {
  if (isText(type)) return Buffer.byteLength(text);
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
