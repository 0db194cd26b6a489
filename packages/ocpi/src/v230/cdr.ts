import type { Cdr, CdrLocation, CdrToken, Price, SignedData, SignedValue } from '@roambridge/domain';
import type { CdrAdapter, TariffAdapter } from '../versions/adapter.js';
import { cut, decimal, instant, printable, printableAscii, scalar, upTo } from '../wire/fields.js';
import { priceWithTaxes } from '../wire/price.js';
import { project, type ShapeOf, type WireObject } from '../wire/project.js';
import { billedPeriods, CHARGING_PERIOD_230, SESSION_ONLY_DIMENSIONS } from './charging-period.js';
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
  'total_reservation_cost',
] as const satisfies (keyof Cdr)[];

// A Location may have longer texts than a CDR (OCPI CD-34).
export const CDR_LOCATION_230 = {
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

/** Limits of the texts of a container (OCPI CD-44); what is longer is not cut, for nobody could verify it then. */
const MAX_KEY_CHARS = 512;
const MAX_PLAIN_CHARS = 5_000;

// OCPI CD-44
const SIGNED_DATA = {
  encoding_method: printableAscii(36),
  encoding_method_version: scalar,
  public_key: upTo(MAX_KEY_CHARS),
  signed_values: {
    nature: cut(32),
    // Whoever verifies takes signed_data, which is as the charger gave it.
    plain_data: printable(MAX_PLAIN_CHARS),
    signed_data: scalar,
  } satisfies ShapeOf<SignedValue>,
  url: scalar,
} satisfies ShapeOf<SignedData>;

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
  cdr_location: CDR_LOCATION_230,
  meter_id: printable(255),
  currency: scalar,
  charging_periods: CHARGING_PERIOD_230,
  signed_data: SIGNED_DATA,
  total_energy: decimal,
  total_time: decimal,
  total_parking_time: decimal,
  remark: printable(255),
  credit: scalar,
  credit_reference_id: scalar,
  last_updated: instant,
} satisfies ShapeOf<Omit<Cdr, (typeof PRICES)[number] | 'tariffs'>>;

/** CDR of OCPI 2.2 and later; the versions differ in the form of prices and tariffs, and in enumerations (D-17). */
export function cdrAdapter({
  price,
  tariff,
  cdrToken,
  cdrLocation,
}: {
  price: (price: Price) => WireObject;
  tariff: TariffAdapter;
  cdrToken: ShapeOf<CdrToken>;
  cdrLocation: ShapeOf<CdrLocation>;
}): CdrAdapter {
  const shape = { ...CDR_230, cdr_token: cdrToken, cdr_location: cdrLocation };
  return {
    toWire(cdr) {
      const charging_periods = billedPeriods(cdr, (type) => !SESSION_ONLY_DIMENSIONS.includes(type));
      const wire = project({ ...cdr, charging_periods }, shape);
      wire.tariffs = cdr.tariffs.flatMap((each) => tariff.toWire(each) ?? []);
      return Object.assign(wire, priceFields(cdr, PRICES, price));
    },
  };
}

export const cdr230 = cdrAdapter({
  price: priceWithTaxes,
  tariff: tariff230,
  cdrToken: CDR_TOKEN_230,
  cdrLocation: CDR_LOCATION_230,
});
