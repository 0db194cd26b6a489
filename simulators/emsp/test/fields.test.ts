import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fieldTables, OCPI_VERSIONS } from '../src/index.js';

// The tables in `fields` are our own copy of facts. Where somebody has them extracted from the OCPI documents, the two
// are compared: OCPI_FIELDS is the path of a JSON file {version: {objects: {name: {fields}}, enums: {name: {values}}}}.
const file = process.env.OCPI_FIELDS ?? '';
const skipped = !existsSync(file);

interface Extract {
  objects: Record<string, { fields: { name: string; type: string; max: number | null; card: string }[] }>;
  enums: Record<string, { open: boolean; values: string[] }>;
}

/** Structures that the documents describe in words only. */
const WITHOUT_TABLE = ['Response', 'VersionDetails'];
/** Enumerations whose values the documents of this version print elsewhere. */
const ENUMS_WITHOUT_TABLE = ['ModuleID'];

describe.each(OCPI_VERSIONS)('property tables of OCPI %s', (version) => {
  const { objects, enums } = fieldTables(version);

  test('every type is a table, an enumeration or a basic type', () => {
    const basic = ['string', 'CiString', 'URL', 'DateTime', 'number', 'int', 'boolean'];
    const unknown = [...objects].flatMap(([name, fields]) =>
      [...fields]
        .filter(([, { type }]) => !basic.includes(type) && !objects.has(type) && !enums.has(type))
        .map(([member, { type }]) => `${name}.${member}: ${type}`),
    );
    expect(unknown).toEqual([]);
  });

  (skipped ? test.skip : test)('are those of the documents (skipped without OCPI_FIELDS)', () => {
    const extracts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Extract>;
    const extract = extracts[version];
    if (!extract) throw new Error(`${file} has no OCPI ${version}`);
    const rows = Object.entries(extract.objects).map(([name, { fields }]) => [
      name,
      new Map(
        fields.map(({ name: member, type, max, card }) => [
          member,
          // One document writes String.
          { type: type.replace(/^String$/, 'string'), cardinality: card, ...(max && { maxLength: max }) },
        ]),
      ),
    ]);
    expect(new Map([...objects].filter(([name]) => !WITHOUT_TABLE.includes(name)).sort(byName))).toEqual(
      new Map((rows as [string, unknown][]).sort(byName)),
    );
    const listed = Object.entries(extract.enums).map(([name, { open, values }]) => [
      name,
      { open, values: [...values].sort() },
    ]);
    const own = [...enums]
      .filter(([name]) => name in extract.enums || !ENUMS_WITHOUT_TABLE.includes(name))
      .map(([name, { open, values }]) => [name, { open, values: [...values].sort() }]);
    expect(Object.fromEntries(own)).toEqual(Object.fromEntries(listed));
  });
});

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left.localeCompare(right);
}
