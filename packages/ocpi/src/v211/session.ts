import type { Session } from '@roambridge/domain';
import { withDimensions } from '../v230/charging-period.js';
import { priceFields } from '../v230/price-fields.js';
import type { SessionAdapter } from '../versions/adapter.js';
import { decimal, decimalToNumber, printable, scalar, second } from '../wire/fields.js';
import { netAmount } from '../wire/price.js';
import { project, type Shape, type WireObject } from '../wire/project.js';
import { wholeSeconds } from '../wire/time.js';
import { AUTH_METHODS_211, hasDimension211, periods211 } from './charging-period.js';
import { embeddedLocation } from './location.js';

const SESSION_211 = {
  id: scalar,
  start_datetime: second,
  end_datetime: second,
  kwh: decimal,
  auth_id: scalar,
  auth_method: scalar,
  meter_id: printable(255),
  currency: scalar,
  status: scalar,
  last_updated: second,
} satisfies Shape;

/** Session with the names of 2.1.1 and its embedded Location (SE-12); reservations are not sent (SE-16). */
export const session211: SessionAdapter = {
  toWire: (session, location) =>
    isReservation(session)
      ? undefined
      : {
          ...project(
            {
              ...session,
              start_datetime: session.start_date_time,
              end_datetime: session.end_date_time,
              auth_id: session.cdr_token.contract_id,
              auth_method: AUTH_METHODS_211[session.auth_method],
            },
            SESSION_211,
          ),
          location: embeddedLocation(location),
          charging_periods: periods211(withDimensions(session.charging_periods, hasDimension211)),
          ...cost(session),
        },
  progressToWire: (session) =>
    isReservation(session)
      ? undefined
      : {
          kwh: decimalToNumber(session.kwh),
          ...cost(session),
          last_updated: wholeSeconds(session.last_updated),
        },
};

function isReservation(session: Session): boolean {
  return session.status === 'RESERVATION';
}

function cost(session: Session): WireObject {
  return priceFields(session, ['total_cost'], netAmount);
}
