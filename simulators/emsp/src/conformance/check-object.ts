import { isObject, type Json } from '../json.js';
import type { OcpiVersion } from '../version.js';
import { type Field, type FieldTables, fieldTables } from './fields.js';

const DATE_TIME = {
  // TY-07: 2.1.1 shows no fractions.
  '2.1.1': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/,
  '2.2.1': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/,
  '2.3.0': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/,
} satisfies Record<OcpiVersion, RegExp>;
const DATE_TIME_MAX = 25;
const URL_MAX = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused (TY-03)
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** OCPI number: at most four decimals (TY-08). */
const DECIMALS = 4;

export interface CheckOptions {
  version: OcpiVersion;
  /** Name of the object in the property tables, e.g. `Location`. */
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
  checkMembers(value, options.type, options.type, options.partial ?? false, {
    version: options.version,
    tables: fieldTables(options.version),
    fault: (path, text) => faults.push(`${path} ${text}`),
  });
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
    if (member === undefined || member === null) {
      if (partial) continue;
      if (field.cardinality === '1' || field.cardinality === '+')
        context.fault(`${path}.${name}`, 'is required');
    } else checkCardinality(member, field, `${path}.${name}`, context);
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
  const check = SCALARS[field.type];
  if (check) {
    const text = check(value, context.version);
    if (text !== undefined) context.fault(path, text);
    else if (
      typeof value === 'string' &&
      field.maxLength !== undefined &&
      [...value].length > field.maxLength
    )
      context.fault(path, `is longer than ${field.maxLength} characters`);
    return;
  }
  const enumeration = context.tables.enums.get(field.type);
  if (enumeration) {
    if (typeof value !== 'string') context.fault(path, 'must be a string');
    else if (!enumeration.open && !enumeration.values.includes(value))
      context.fault(path, `must be one of ${field.type}, found "${value}"`);
    return;
  }
  // VersionNumber and ModuleID are open and have no table.
  if (context.tables.objects.has(field.type)) checkMembers(value, field.type, path, false, context);
}

type ScalarCheck = (value: Json, version: OcpiVersion) => string | undefined;

const SCALARS: Record<string, ScalarCheck> = {
  string(value) {
    if (typeof value !== 'string') return 'must be a string';
    return CONTROL_CHARACTERS.test(value) ? 'contains control characters' : undefined;
  },
  CiString(value) {
    if (typeof value !== 'string') return 'must be a string';
    return PRINTABLE_ASCII.test(value) ? undefined : 'must be printable ASCII';
  },
  URL(value) {
    if (typeof value !== 'string') return 'must be a string';
    if (value.length > URL_MAX) return `is longer than ${URL_MAX} characters`;
    return URL.canParse(value) ? undefined : 'must be an absolute URL';
  },
  DateTime(value, version) {
    if (typeof value !== 'string') return 'must be a string';
    const legal =
      value.length <= DATE_TIME_MAX && DATE_TIME[version].test(value) && !Number.isNaN(Date.parse(value));
    return legal ? undefined : `must be a UTC DateTime of ${version}, found "${value}"`;
  },
  number(value) {
    if (typeof value !== 'number') return 'must be a number';
    return Number(value.toFixed(DECIMALS)) === value
      ? undefined
      : `has more than ${DECIMALS} decimals: ${value}`;
  },
  int: (value) => (Number.isInteger(value) ? undefined : 'must be an integer'),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean'),
};
