import { isObject, type Json } from '../json.js';
import type { OcpiVersion } from '../version.js';
import { type Field, type FieldTables, fieldTables } from './fields.js';
import { formatFault } from './formats.js';
import { SCALARS } from './scalars.js';

export interface CheckOptions {
  version: OcpiVersion;
  /** Name of the object in the property tables, e.g. `Location`, or of an enumeration. */
  type: string;
  /** PATCH: only what is there is checked. */
  partial?: boolean;
}

/**
 * Compares a JSON value with the property tables of its version: required members, types, lengths, cardinality,
 * enumerations and members that the version does not know.
 * @returns one sentence a fault, each with the path of the member.
 */
export function checkObject(value: unknown, options: CheckOptions): string[] {
  const faults: string[] = [];
  const context: Context = {
    version: options.version,
    tables: fieldTables(options.version),
    fault: (path, text) => faults.push(`${path} ${text}`),
  };
  const { type } = options;
  if (context.tables.enums.has(type)) checkEnum(value, type, type, context);
  else checkMembers(value, type, type, options.partial ?? false, context);
  return faults;
}

interface Context {
  version: OcpiVersion;
  tables: FieldTables;
  fault: (path: string, text: string) => void;
}

function checkMembers(value: unknown, type: string, path: string, partial: boolean, context: Context): void {
  const fields = context.tables.objects.get(type);
  if (!fields) throw new Error(`no property table for ${type} in ${context.version}`);
  if (!isObject(value)) {
    context.fault(path, 'must be an object');
    return;
  }
  for (const name of Object.keys(value)) {
    if (!fields.has(name)) context.fault(`${path}.${name}`, `does not exist in ${context.version}`);
  }
  for (const [name, field] of fields) {
    const member = value[name];
    const required = field.cardinality === '1' || field.cardinality === '+';
    if (member === undefined) {
      if (required && !partial) context.fault(`${path}.${name}`, 'is required');
    } else if (member === null) {
      // TY-09: it would mean the same as no member; in a PATCH it takes an optional one away.
      if (required || !partial) context.fault(`${path}.${name}`, 'is null');
    } else {
      checkCardinality(member, field, `${path}.${name}`, context);
      const form = formatFault(type, name, member, context.version);
      if (form !== undefined) context.fault(`${path}.${name}`, form);
    }
  }
}

function checkCardinality(value: Json, field: Field, path: string, context: Context): void {
  if (field.cardinality === '1' || field.cardinality === '?') {
    checkValue(value, field, path, context);
    return;
  }
  if (!Array.isArray(value)) {
    context.fault(path, 'must be a list');
    return;
  }
  if (field.cardinality === '+' && value.length === 0) context.fault(path, 'needs at least one entry');
  value.forEach((item, index) => {
    checkValue(item, field, `${path}[${index}]`, context);
  });
}

function checkValue(value: Json, field: Field, path: string, context: Context): void {
  const scalar = SCALARS[field.type];
  if (scalar) {
    const text = scalar(value, context.version);
    if (text !== undefined) context.fault(path, text);
    else if (
      typeof value === 'string' &&
      field.maxLength !== undefined &&
      [...value].length > field.maxLength
    )
      context.fault(path, `is longer than ${field.maxLength} characters`);
  } else if (context.tables.enums.has(field.type)) checkEnum(value, field.type, path, context);
  else checkMembers(value, field.type, path, false, context);
}

function checkEnum(value: unknown, type: string, path: string, { tables, fault }: Context): void {
  const enumeration = tables.enums.get(type);
  if (typeof value !== 'string') fault(path, 'must be a string');
  else if (enumeration && !enumeration.open && !enumeration.values.includes(value))
    fault(path, `must be one of ${type}, found "${value}"`);
}
