import type { AuthMethod, CdrDimensionType, ChargingPeriod } from '@roambridge/domain';
import { CHARGING_PERIOD_230 } from '../v230/charging-period.js';
import { second } from '../wire/fields.js';
import { hidden, project, type Shape, type WireObject } from '../wire/project.js';

const DIMENSIONS_211: readonly CdrDimensionType[] = [
  'ENERGY',
  'MAX_CURRENT',
  'MIN_CURRENT',
  'PARKING_TIME',
  'TIME',
];

const CHARGING_PERIOD_211 = {
  ...CHARGING_PERIOD_230,
  start_date_time: second,
  tariff_id: hidden, // OCPI CD-35
} satisfies Shape;

/** Whether 2.1.1 lists the dimension (MP-09, MP-10). */
export function hasDimension211(type: CdrDimensionType): boolean {
  return DIMENSIONS_211.includes(type);
}

export function periods211(periods: ChargingPeriod[]): WireObject[] {
  return periods.map((period) => project(period, CHARGING_PERIOD_211));
}

/** 2.1.1 does not know COMMAND. // OCPI SE-16 */
export const AUTH_METHODS_211 = {
  AUTH_REQUEST: 'AUTH_REQUEST',
  WHITELIST: 'WHITELIST',
  COMMAND: 'AUTH_REQUEST',
} satisfies Record<AuthMethod, string>;
