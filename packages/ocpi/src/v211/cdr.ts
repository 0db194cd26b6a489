import type { Cdr } from '@roambridge/domain';
import { billedPeriods } from '../v230/charging-period.js';
import type { CdrAdapter } from '../versions/adapter.js';
import { decimal, printable, scalar, second } from '../wire/fields.js';
import { netAmount } from '../wire/price.js';
import { project, type Shape } from '../wire/project.js';
import { AUTH_METHODS_211, hasDimension211, periods211 } from './charging-period.js';
import { embeddedLocation } from './location.js';
import { tariff211 } from './tariff.js';

const CDR_211 = {
  id: scalar,
  start_date_time: second,
  stop_date_time: second,
  auth_id: scalar,
  auth_method: scalar,
  meter_id: printable(255),
  currency: scalar,
  total_energy: decimal,
  total_time: decimal,
  total_parking_time: decimal,
  remark: printable(255),
  last_updated: second,
} satisfies Shape;

/** CDR of 2.1.1: embedded Location, net total, no breakdown (CD-35, MP-10). */
export const cdr211: CdrAdapter = {
  toWire: (cdr, location) => {
    const start_date_time = sessionStart(cdr);
    return {
      ...project(
        {
          ...cdr,
          start_date_time,
          stop_date_time: cdr.end_date_time,
          auth_id: cdr.cdr_token.contract_id,
          auth_method: AUTH_METHODS_211[cdr.auth_method],
        },
        CDR_211,
      ),
      location: embeddedLocation(location),
      tariffs: cdr.tariffs.flatMap((tariff) => tariff211.toWire(tariff) ?? []),
      charging_periods: periods211(billedPeriods({ ...cdr, start_date_time }, hasDimension211)),
      total_cost: netAmount(cdr.total_cost),
    };
  },
};

/** Reservations are unknown to 2.1.1: the CDR begins with the session (MP-10). */
function sessionStart({ charging_periods, start_date_time }: Cdr): string {
  const first = charging_periods.find(({ dimensions }) =>
    dimensions.some(({ type }) => type !== 'RESERVATION_TIME'),
  );
  return first?.start_date_time ?? start_date_time;
}
