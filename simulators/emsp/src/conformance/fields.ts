import { readFileSync } from 'node:fs';
import type { OcpiVersion } from '../version.js';

export type Cardinality = '1' | '?' | '*' | '+';

/** One row of a property table of the specification. */
export interface Field {
  type: string;
  maxLength?: number;
  cardinality: Cardinality;
}

export interface Enumeration {
  /** Unknown values are legal (TY-16). */
  open: boolean;
  values: string[];
  /** Values that only a Session may carry (SE-18). */
  session_only?: string[];
}

export interface FieldTables {
  objects: Map<string, Map<string, Field>>;
  enums: Map<string, Enumeration>;
}

interface TableFile {
  objects: Record<string, Record<string, string>>;
  enums: Record<string, Enumeration>;
}

const cache = new Map<OcpiVersion, FieldTables>();

/** Property tables and enumerations of a version, from `fields/<version>.json`. */
export function fieldTables(version: OcpiVersion): FieldTables {
  const known = cache.get(version);
  if (known) return known;
  const text = readFileSync(new URL(`../../fields/${version}.json`, import.meta.url), 'utf8');
  const file = JSON.parse(text) as TableFile;
  const tables: FieldTables = {
    objects: new Map(
      Object.entries(file.objects).map(([name, rows]) => [
        name,
        new Map(Object.entries(rows).map(([field, row]) => [field, parseRow(row, `${name}.${field}`)])),
      ]),
    ),
    enums: new Map(Object.entries(file.enums)),
  };
  cache.set(version, tables);
  return tables;
}

/** `CiString(36) ?` */
function parseRow(row: string, at: string): Field {
  const match = /^(\w+)(?:\((\d+)\))? ([1?*+])$/.exec(row);
  const [, type, max, cardinality] = match ?? [];
  if (type === undefined || !isCardinality(cardinality)) throw new Error(`${at}: not a field row: ${row}`);
  return { type, cardinality, ...(max === undefined ? {} : { maxLength: Number(max) }) };
}

function isCardinality(value: string | undefined): value is Cardinality {
  return value === '1' || value === '?' || value === '*' || value === '+';
}
