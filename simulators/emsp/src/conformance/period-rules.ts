import { type JsonObject, listOf, numberOf, textOf } from '../json.js';
import type { OcpiVersion } from '../version.js';
import { fieldTables } from './fields.js';

/** Difference that rounding to four decimals may leave in a sum. */
const ROUNDING = 0.001;

/** Charging periods of a Session or CDR (CD-36, D2-048). */
export function periodFaults(
  name: 'Session' | 'CDR',
  object: JsonObject,
  start: string | undefined,
): string[] {
  const faults: string[] = [];
  const starts = listOf(object, 'charging_periods').map((period) => textOf(period, 'start_date_time') ?? '');
  const first = starts[0];
  if (first !== undefined && start !== undefined && Date.parse(first) !== Date.parse(start))
    faults.push(`${name}.charging_periods[0] does not start with the ${name}`);
  starts.forEach((at, index) => {
    const before = starts[index - 1];
    if (before !== undefined && Date.parse(at) <= Date.parse(before))
      faults.push(`${name}.charging_periods[${index}] does not start after its predecessor`);
  });
  return faults;
}

/** Sum of one dimension over all charging periods. */
export function dimensionSum(object: JsonObject, type: string): number {
  return listOf(object, 'charging_periods')
    .flatMap((period) => listOf(period, 'dimensions'))
    .filter((dimension) => textOf(dimension, 'type') === type)
    .reduce((sum, dimension) => sum + (numberOf(dimension, 'volume') ?? 0), 0);
}

/** CD-39: live dimensions have no place in a CDR. */
export function sessionOnlyFaults(cdr: JsonObject, version: OcpiVersion): string[] {
  const forbidden = fieldTables(version).enums.get('CdrDimensionType')?.session_only ?? [];
  return forbidden
    .filter((type) =>
      listOf(cdr, 'charging_periods').some((period) =>
        listOf(period, 'dimensions').some((dimension) => textOf(dimension, 'type') === type),
      ),
    )
    .map((type) => `CDR.charging_periods carries ${type}, which is for Sessions only (CD-39)`);
}

export function differs(a: number, b: number): boolean {
  return Math.abs(a - b) > ROUNDING;
}
