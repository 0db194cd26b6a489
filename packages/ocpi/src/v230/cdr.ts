import type { Cdr, CdrLocation, Price } from '@roambridge/domain';
import type { CdrAdapter, TariffAdapter } from '../versions/adapter.js';
import { cut, decimal, instant, scalar } from '../wire/fields.js';
import { priceWithTaxes } from '../wire/price.js';
import { project, type ShapeOf, type WireObject } from '../wire/project.js';
import { CHARGING_PERIOD_230, SESSION_ONLY_DIMENSIONS, withDimensions } from './charging-period.js';
import { priceFields } from './price-fields.js';
import { CDR_TOKEN_230 } from './session.js';
import { GEO_LOCATION } from './shapes.js';
import { tariff230 } from './tariff.js';

const PRICES = [
  'total_cost',
  'total_fixed_cost',
  'total_energy_cost',
  'total_time_cost',
  'total_parking_cost',
] as const satisfies (keyof Cdr)[];

// A Location may have longer texts than a CDR (OCPI CD-34).
const CDR_LOCATION = {
  id: scalar,
  name: scalar,
  address: cut(45),
  city: scalar,
  postal_code: scalar,
  state: cut(20),
  country: scalar,
  coordinates: GEO_LOCATION,
  evse_uid: scalar,
  evse_id: scalar,
  connector_id: scalar,
  connector_standard: scalar,
  connector_format: scalar,
  connector_power_type: scalar,
} satisfies ShapeOf<CdrLocation>;

const CDR_230 = {
  country_code: scalar,
  party_id: scalar,
  id: scalar,
  start_date_time: instant,
  end_date_time: instant,
  session_id: scalar,
  cdr_token: CDR_TOKEN_230,
  auth_method: scalar,
  authorization_reference: scalar,
  cdr_location: CDR_LOCATION,
  meter_id: scalar,
  currency: scalar,
  charging_periods: CHARGING_PERIOD_230,
  total_energy: decimal,
  total_time: decimal,
  total_parking_time: decimal,
  remark: scalar,
  last_updated: instant,
} satisfies ShapeOf<Omit<Cdr, (typeof PRICES)[number] | 'tariffs'>>;

/** CDR of OCPI 2.2 and later; the versions differ in the form of prices and tariffs only (D-17). */
export function cdrAdapter(price: (price: Price) => WireObject, tariff: TariffAdapter): CdrAdapter {
  return {
    toWire: (cdr) => ({
      ...project(
        {
          ...cdr,
          charging_periods: withDimensions(
            cdr.charging_periods,
            (type) => !SESSION_ONLY_DIMENSIONS.includes(type),
          ),
        },
        CDR_230,
      ),
      tariffs: cdr.tariffs.flatMap((each) => tariff.toWire(each) ?? []),
      ...priceFields(cdr, PRICES, price),
    }),
  };
}

export const cdr230 = cdrAdapter(priceWithTaxes, tariff230);
