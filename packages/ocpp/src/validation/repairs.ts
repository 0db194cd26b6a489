import type { ReadTime } from './timestamp.js';

/** What the repair of a value is called in a frame's anomalies. */
export type Repair =
  | 'NUMBER_AS_TEXT'
  | 'TEXT_AS_NUMBER'
  | 'DECIMAL_COMMA'
  | 'WHITE_SPACE'
  | 'ENUM_CASE'
  | 'MISSPELLED'
  | 'SINGLE_INSTEAD_OF_LIST'
  | 'CONNECTOR_ASSUMED'
  | NonNullable<ReadTime['repair']>;

/** Everything odd about a value, repaired or not. */
export type Anomaly = Repair | 'UNKNOWN_VALUE' | 'EMPTY_VALUE' | 'IGNORED_VALUE';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed (D4-001, Q-29)
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const UNCLEAN = /^\s|[\u0000-\u001f\u007f]|\s$/;

/** Text without control characters and surrounding white space. */
export function cleanText(text: string): string {
  return UNCLEAN.test(text) ? text.replace(CONTROL_CHARACTERS, '').trim() : text;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const DECIMAL_COMMA = /^([+-]?\d+),(\d+)$/;

/** A number given as text; undefined when it is none. */
export function numberFromText(text: string): { value: number; repair: Repair } | undefined {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) return { value: Number(trimmed), repair: 'NUMBER_AS_TEXT' };
  const comma = DECIMAL_COMMA.exec(trimmed);
  return comma ? { value: Number(`${comma[1]}.${comma[2]}`), repair: 'DECIMAL_COMMA' } : undefined;
}

/** Decimal text with a point instead of a comma (`9,6`); undefined when there is nothing to repair. */
export function decimalPoint(text: string): string | undefined {
  const comma = DECIMAL_COMMA.exec(text);
  return comma ? `${comma[1]}.${comma[2]}` : undefined;
}

/** The member of `allowed` that `text` spells in another case. */
export function sameButCase<T extends string>(text: string, allowed: readonly T[]): T | undefined {
  const wanted = text.trim().toLowerCase();
  return allowed.find((candidate) => candidate.toLowerCase() === wanted);
}
