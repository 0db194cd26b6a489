import type { Json } from '../json.js';
import type { OcpiVersion } from '../version.js';

const DATE_TIME = {
  // TY-07: 2.1.1 shows no fractions; the designator is always there.
  '2.1.1': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  '2.2.1': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  '2.3.0': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
} satisfies Record<OcpiVersion, RegExp>;
const DATE_TIME_MAX = 25;
const URL_MAX = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused (TY-03)
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** OCPI number: at most four decimals (TY-08). */
const DECIMALS = 4;

/** What is wrong with a value, undefined when it is right. */
export type ScalarCheck = (value: Json, version: OcpiVersion) => string | undefined;

/** The types that the property tables build on (TY-01 to TY-11). */
export const SCALARS: Record<string, ScalarCheck> = {
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
