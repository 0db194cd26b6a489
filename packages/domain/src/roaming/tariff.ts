import type { DisplayText, Json } from './common.js';

export const TARIFF_DIMENSIONS = ['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME'] as const;
export type TariffDimension = (typeof TARIFF_DIMENSIONS)[number];

/** OCPI DayOfWeek, Monday first. */
export const DAYS_OF_WEEK: readonly string[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

/** OCPI PriceComponent: price per kWh, per hour or once; step_size in Wh or seconds. */
export interface PriceComponent {
  type: TariffDimension;
  price: number;
  /** Percentage; absent = no VAT applies. */
  vat?: number;
  step_size: number;
}

/** OCPI TariffRestrictions; all members are AND-ed (TA-23). */
export interface TariffRestrictions {
  start_time?: string;
  end_time?: string;
  start_date?: string;
  end_date?: string;
  min_kwh?: number;
  max_kwh?: number;
  min_current?: number;
  max_current?: number;
  min_power?: number;
  max_power?: number;
  min_duration?: number;
  max_duration?: number;
  day_of_week?: string[];
  reservation?: 'RESERVATION' | 'RESERVATION_EXPIRES';
}

export interface TariffElement {
  price_components: PriceComponent[];
  restrictions?: TariffRestrictions;
}

/** Limit of the total price, before and after taxes independently (TA-64). */
export interface PriceLimit {
  before_taxes: number;
  after_taxes?: number;
}

/** OCPI Tariff (2.3.0 superset). */
export interface Tariff {
  country_code: string;
  party_id: string;
  id: string;
  currency: string;
  type?: string;
  tariff_alt_text?: DisplayText[];
  tariff_alt_url?: string;
  min_price?: PriceLimit;
  max_price?: PriceLimit;
  elements: TariffElement[];
  /** Whether prices contain tax (TA-62). */
  tax_included: 'YES' | 'NO' | 'N/A';
  start_date_time?: string;
  end_date_time?: string;
  energy_mix?: Json;
  last_updated: string;
}
