import type { CdrToken, Price, Session } from '@roambridge/domain';
import type { SessionAdapter } from '../versions/adapter.js';
import { decimal, decimalToNumber, instant, printable, scalar } from '../wire/fields.js';
import { priceWithTaxes } from '../wire/price.js';
import { project, type ShapeOf, type WireObject } from '../wire/project.js';
import { CHARGING_PERIOD_230 } from './charging-period.js';
import { priceFields } from './price-fields.js';

export const CDR_TOKEN_230 = {
  country_code: scalar,
  party_id: scalar,
  uid: scalar,
  type: scalar,
  contract_id: scalar,
} satisfies ShapeOf<CdrToken>;

/** Members of a Session apart from its price. */
const SESSION_230 = {
  country_code: scalar,
  party_id: scalar,
  id: scalar,
  start_date_time: instant,
  end_date_time: instant,
  kwh: decimal,
  cdr_token: CDR_TOKEN_230,
  auth_method: scalar,
  authorization_reference: scalar,
  location_id: scalar,
  evse_uid: scalar,
  connector_id: scalar,
  meter_id: printable(255),
  currency: scalar,
  charging_periods: CHARGING_PERIOD_230,
  status: scalar,
  last_updated: instant,
} satisfies ShapeOf<Omit<Session, 'total_cost'>>;

/** Session of OCPI 2.2 and later; the versions differ in the form of the price and in token types (D-02, D-11). */
export function sessionAdapter({
  price,
  cdrToken,
}: {
  price: (price: Price) => WireObject;
  cdrToken: ShapeOf<CdrToken>;
}): SessionAdapter {
  const shape = { ...SESSION_230, cdr_token: cdrToken };
  return {
    toWire(session) {
      // TY-09: an empty list is the same as none.
      const told =
        session.charging_periods.length > 0 ? session : { ...session, charging_periods: undefined };
      return Object.assign(project(told, shape), priceFields(session, ['total_cost'], price));
    },
    // last_updated is required in every PATCH (OCPI SE-05); charging periods would be appended, so they stay out.
    progressToWire: (session) => ({
      kwh: decimalToNumber(session.kwh),
      ...priceFields(session, ['total_cost'], price),
      last_updated: session.last_updated,
    }),
  };
}

export const session230 = sessionAdapter({ price: priceWithTaxes, cdrToken: CDR_TOKEN_230 });
