import { type Enumeration, type Field, fieldTables, type OcpiVersion } from '@roambridge/sim-emsp';

export type Members = Record<string, unknown>;

/** How the parts of an object are chosen that its property table leaves open. */
export interface Choice {
  /** Whether an optional member is there. */
  include(): boolean;
  /** A number of entries, at least `least`. */
  count(least: number): number;
  pick<T>(values: readonly T[]): T;
  /** At most `max` characters, ASCII only where it is a CiString. */
  text(max: number, ascii: boolean): string;
  /** At most four decimals. */
  number(): number;
  int(): number;
  /** Open enumerations have a value too that no document lists (TY-16). */
  unlisted?: true;
}

const UNLISTED = 'NOT_LISTED';

/** Text without a limit in the tables. */
const UNLIMITED_CHARS = 50;
const URL_CHARS = 255;
const WORD = 'Aé中😀 b-';
const ASCII_WORD = 'Ab-9 *';

function textOf(max: number, ascii: boolean): string {
  const word = [...(ascii ? ASCII_WORD : WORD)];
  return Array.from({ length: max }, (_, at) => word[at % word.length]).join('');
}

/** Everything there and as long as it may be; enumerations take turns. */
export function largest(): Choice {
  let turn = 0;
  return {
    include: () => true,
    count: (least) => Math.max(2, least),
    pick: (values) => values[turn++ % values.length]!,
    text: textOf,
    number: () => 1234.5678,
    int: () => 12345,
  };
}

/** Only what is required, as short as it may be. */
export function least(): Choice {
  return {
    include: () => false,
    count: (least) => least,
    pick: ([first]) => first!,
    text: () => 'A',
    number: () => 0,
    int: () => 1,
  };
}

const TIMES = ['2025-03-01T10:00:00Z', '2025-03-30T01:59:59Z', '2024-02-29T23:59:59.123Z'];

/** What a member may be whose table says less than the text around it (`Object.member`, or any `.member`). */
const FORMS: Record<string, (choice: Choice) => unknown> = {
  '.country_code': () => 'NL',
  '.party_id': () => 'MSP',
  '.currency': () => 'EUR',
  '.hub_party_id': () => 'NLHUB',
  '.language': (choice) => choice.pick(['en', 'de']),
  '.country': () => 'NLD',
  '.time_zone': () => 'Europe/Amsterdam',
  '.latitude': (choice) => choice.pick(['52.37634', '-2.376340', '52.3763412']),
  '.longitude': (choice) => choice.pick(['4.90021', '-104.900210', '4.9002134']),
  '.weekday': (choice) => choice.pick([1, 2, 3, 4, 5, 6, 7]),
  'RegularHours.period_begin': (choice) => choice.pick(['00:00', '08:30']),
  'RegularHours.period_end': (choice) => choice.pick(['23:59', '20:00']),
  '.start_time': (choice) => choice.pick(['00:00', '17:30']),
  '.end_time': (choice) => choice.pick(['23:59', '06:00']),
  '.start_date': () => '2025-03-01',
  '.end_date': () => '2025-12-31',
  'EnergySource.percentage': () => 50,
  '.width': (choice) => choice.pick([0, 99_999]),
  '.height': (choice) => choice.pick([0, 99_999]),
  '.twentyfourseven': () => false,
};

/** An object of the property tables of a version, chosen as `choice` says. */
export function tableObject(type: string, choice: Choice, version: OcpiVersion = '2.3.0'): Members {
  const { objects, enums } = fieldTables(version);
  const fields = objects.get(type);
  if (!fields) throw new Error(`OCPI ${version} has no ${type}`);

  function valuesOf({ open, values }: Enumeration): string[] {
    return open && choice.unlisted ? [...values, UNLISTED] : values;
  }

  function member(name: string, field: Field): unknown {
    const form = FORMS[`${type}.${name}`] ?? FORMS[`.${name}`];
    if (form) return form(choice);
    const enumeration = enums.get(field.type);
    if (enumeration) return choice.pick(valuesOf(enumeration));
    if (objects.has(field.type)) return tableObject(field.type, choice, version);
    switch (field.type) {
      case 'boolean':
        return choice.pick([true, false]);
      case 'number':
        return choice.number();
      case 'int':
        return choice.int();
      case 'DateTime':
        return choice.pick(version === '2.1.1' ? TIMES.slice(0, 2) : TIMES);
      case 'URL':
        return `https://example.com/${choice.text(URL_CHARS - 20, true).replace(/[ *]/g, '_')}`;
      default:
        // TY-02: text of 2.1.1 is ASCII.
        return choice.text(
          field.maxLength ?? UNLIMITED_CHARS,
          field.type === 'CiString' || version === '2.1.1',
        );
    }
  }

  const made: Members = {};
  for (const [name, field] of fields) {
    const { cardinality } = field;
    if ((cardinality === '?' || cardinality === '*') && !choice.include()) continue;
    if (cardinality === '1' || cardinality === '?') made[name] = member(name, field);
    else {
      const enumeration = enums.get(field.type);
      const values = enumeration && valuesOf(enumeration);
      made[name] = values
        ? values.slice(0, Math.max(choice.count(1), choice.include() ? values.length : 1))
        : Array.from({ length: choice.count(cardinality === '+' ? 1 : 0) }, () => member(name, field));
    }
  }
  return made;
}
