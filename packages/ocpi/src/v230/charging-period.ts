import type { Cdr, CdrDimension, CdrDimensionType, ChargingPeriod } from '@roambridge/domain';
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

/** A CDR has at least one period (CD-36): one without time stands for those that its receiver may not get. */
export function billedPeriods(
  { charging_periods, start_date_time }: Pick<Cdr, 'charging_periods' | 'start_date_time'>,
  accepts: (type: CdrDimensionType) => boolean,
): ChargingPeriod[] {
  const periods = withDimensions(charging_periods, accepts);
  return periods.length > 0 ? periods : [{ start_date_time, dimensions: [{ type: 'TIME', volume: '0' }] }];
}

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
