import { StorageError } from '../errors.js';
import { type Parameters, room } from './parameters.js';
import { toStorable } from './text.js';

export type ColumnValue = string | number | boolean | null;

/** An element type of PostgreSQL. */
interface ElementType {
  oid: number;
  /** Writes the length and the bytes of a value that is not null; `field` names the column in errors. */
  write: (parameters: Parameters, value: string | number | boolean, field: string) => void;
}

/** A `document` is JSON text, in which everything that a text cannot hold is escaped already. */
const TYPES = {
  text: { oid: 25, write: writeText },
  document: { oid: 25, write: writeDocument },
  int8: { oid: 20, write: writeInteger },
  float8: { oid: 701, write: writeFloat },
  bool: { oid: 16, write: writeBoolean },
} as const satisfies Record<string, ElementType>;

export type ColumnType = keyof typeof TYPES;

const HEADER_BYTES = 20;
const EMPTY_HEADER_BYTES = 12;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
const HIGH_WORD = 2 ** 32;
/** What a UTF-16 code unit takes in UTF-8 at most. */
const BYTES_PER_UNIT = 3;

/**
 * Appends one column of many rows in PostgreSQL's binary array format, as a parameter for `unnest`: no quoting, and the
 * statement is the same for any number of rows. Throws `VALUE_INVALID`, naming `field`, for a value of another type.
 */
export function writeArray<Row>(
  parameters: Parameters,
  type: ColumnType,
  rows: readonly Row[],
  value: (row: Row) => ColumnValue,
  field: string,
): void {
  const { oid, write } = TYPES[type];
  const start = writeHeader(parameters, oid, rows.length);
  let nulls = false;
  for (const row of rows) {
    const own = value(row);
    if (own === null) {
      nulls = true;
      const at = room(parameters, LENGTH_BYTES);
      parameters.view.setInt32(at, NULL_LENGTH);
      parameters.length = at + LENGTH_BYTES;
    } else write(parameters, own, field);
  }
  if (nulls) parameters.view.setInt32(start + 4, 1);
  parameters.sizes.push(parameters.length - start);
}

/** Dimensions (none when there are no rows), no nulls, element type, rows, first index. Returns where it begins. */
function writeHeader(parameters: Parameters, oid: number, rows: number): number {
  const at = room(parameters, HEADER_BYTES);
  const { view } = parameters;
  view.setInt32(at, rows === 0 ? 0 : 1);
  view.setInt32(at + 4, 0);
  view.setInt32(at + 8, oid);
  view.setInt32(at + 12, rows);
  view.setInt32(at + 16, 1);
  parameters.length = at + (rows === 0 ? EMPTY_HEADER_BYTES : HEADER_BYTES);
  return at;
}

function writeText(parameters: Parameters, value: string | number | boolean, field: string): void {
  if (typeof value !== 'string') throw invalid(field, value, 'text');
  if (value.length > SHORT || !writeShort(parameters, value)) writeLong(parameters, toStorable(value));
}

function writeDocument(parameters: Parameters, value: string | number | boolean, field: string): void {
  if (typeof value !== 'string') throw invalid(field, value, 'text');
  writeLong(parameters, value);
}

/** Characters up to which a text is looked at and written here: a call into the engine costs more. */
const SHORT = 48;
/** The mark of `toStorable`. */
const SUBSTITUTE = 0x1a;

/** Writes a text of ASCII that is stored as it is; false, and nothing is written, when it is not. */
function writeShort(parameters: Parameters, text: string): boolean {
  const size = text.length;
  const at = room(parameters, LENGTH_BYTES + size);
  const { bytes, view } = parameters;
  const start = at + LENGTH_BYTES;
  for (let i = 0; i < size; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0 || code === SUBSTITUTE || code > 0x7f) return false;
    bytes[start + i] = code;
  }
  view.setInt32(at, size);
  parameters.length = start + size;
  return true;
}

function writeLong(parameters: Parameters, text: string): void {
  const at = room(parameters, LENGTH_BYTES + BYTES_PER_UNIT * text.length);
  const size = parameters.bytes.write(text, at + LENGTH_BYTES);
  parameters.view.setInt32(at, size);
  parameters.length = at + LENGTH_BYTES + size;
}

function writeInteger(parameters: Parameters, value: string | number | boolean, field: string): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw invalid(field, value, 'a whole number');
  const at = writeLength(parameters, 8);
  const high = Math.floor(value / HIGH_WORD);
  parameters.view.setInt32(at, high);
  parameters.view.setUint32(at + 4, value - high * HIGH_WORD);
}

function writeFloat(parameters: Parameters, value: string | number | boolean, field: string): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(field, value, 'a finite number');
  const at = writeLength(parameters, 8);
  parameters.view.setFloat64(at, value);
}

function writeBoolean(parameters: Parameters, value: string | number | boolean, field: string): void {
  if (typeof value !== 'boolean') throw invalid(field, value, 'true or false');
  const at = writeLength(parameters, 1);
  parameters.view.setUint8(at, value ? 1 : 0);
}

/** The length of a value of this size, which has its place behind it: what is returned. The memory may be another then. */
function writeLength(parameters: Parameters, size: number): number {
  const at = room(parameters, LENGTH_BYTES + size);
  parameters.view.setInt32(at, size);
  parameters.length = at + LENGTH_BYTES + size;
  return at + LENGTH_BYTES;
}

function invalid(field: string, value: string | number | boolean, expected: string): StorageError {
  return new StorageError('VALUE_INVALID', `${field}: ${typeof value} ${String(value)} is not ${expected}`);
}
