import type { PriceComponent, PriceLimit, Tariff, TariffRestrictions } from '@roambridge/domain';
import type { TariffAdapter } from '../versions/adapter.js';
import { instant, scalar } from '../wire/fields.js';
import { project, type ShapeOf } from '../wire/project.js';
import { DISPLAY_TEXT, ENERGY_MIX } from './shapes.js';

const PRICE_LIMIT = { before_taxes: scalar, after_taxes: scalar } satisfies ShapeOf<PriceLimit>;

export const PRICE_COMPONENT_230 = {
  type: scalar,
  price: scalar,
  vat: scalar,
  step_size: scalar,
} satisfies ShapeOf<PriceComponent>;

export const RESTRICTIONS_230 = {
  start_time: scalar,
  end_time: scalar,
  start_date: scalar,
  end_date: scalar,
  min_kwh: scalar,
  max_kwh: scalar,
  min_current: scalar,
  max_current: scalar,
  min_power: scalar,
  max_power: scalar,
  min_duration: scalar,
  max_duration: scalar,
  day_of_week: scalar,
  reservation: scalar,
} satisfies ShapeOf<TariffRestrictions>;

export const TARIFF_230 = {
  country_code: scalar,
  party_id: scalar,
  id: scalar,
  currency: scalar,
  type: scalar,
  tariff_alt_text: DISPLAY_TEXT,
  tariff_alt_url: scalar,
  min_price: PRICE_LIMIT,
  max_price: PRICE_LIMIT,
  elements: { price_components: PRICE_COMPONENT_230, restrictions: RESTRICTIONS_230 },
  tax_included: scalar, // OCPI TA-62
  start_date_time: instant,
  end_date_time: instant,
  energy_mix: ENERGY_MIX,
  last_updated: instant,
} satisfies ShapeOf<Tariff>;

export const tariff230: TariffAdapter = {
  toWire: (tariff) => project(tariff, TARIFF_230),
};
