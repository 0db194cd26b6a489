import type { CdrDimension, CdrDimensionType, ChargingPeriod } from '@roambridge/domain';
import { decimal, instant, scalar } from '../wire/fields.js';
import type { ShapeOf } from '../wire/project.js';

const DIMENSION = { type: scalar, volume: decimal } satisfies ShapeOf<CdrDimension>;

export const CHARGING_PERIOD_230 = {
  start_date_time: instant,
  dimensions: DIMENSION,
  tariff_id: scalar,
} satisfies ShapeOf<ChargingPeriod>;

/** Dimensions that only a running session may carry, never a CDR. // OCPI SE-18, CD-39 */
export const SESSION_ONLY_DIMENSIONS: readonly CdrDimensionType[] = [
  'CURRENT',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'POWER',
  'STATE_OF_CHARGE',
];

/** Removes dimensions that the receiver may not get, and periods that have none left (CD-36). */
export function withDimensions(
  periods: ChargingPeriod[],
  accepts: (type: CdrDimensionType) => boolean,
): ChargingPeriod[] {
  return periods
    .map((period) => ({
      ...period,
      dimensions: period.dimensions.filter((dimension) => accepts(dimension.type)),
    }))
    .filter((period) => period.dimensions.length > 0);
}
