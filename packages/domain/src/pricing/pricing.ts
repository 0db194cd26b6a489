import type { Decimal, Price } from '../roaming/common.js';
import type { TariffDimension } from '../roaming/tariff.js';

/** What a line of a priced session is about: a dimension of the tariff, or what was done to the total. */
export type PriceLineDimension = TariffDimension | 'MIN_PRICE' | 'MAX_PRICE' | 'ROUNDING';

/**
 * One step of the calculation; the amounts of all lines add up to `total_cost.excl_vat` exactly.
 * Volumes are kWh and hours, 1 for FLAT. A line of step_size has volume 0 and the surplus as
 * `billed_volume`. `element` is the position in the tariff and, as `price`, absent for adjustments.
 */
export interface PriceLine {
  dimension: PriceLineDimension;
  element?: number;
  from: string;
  to: string;
  volume: Decimal;
  billed_volume: Decimal;
  /** Per kWh, per hour or once, as the tariff states it. */
  price?: Decimal;
  amount_excl_vat: Decimal;
  /** Percentage; absent when no VAT applies. */
  vat?: number;
  why: string;
}

/** Why a session cannot be priced; never replaced by an amount. */
export type UnpriceableReason =
  /** The tariff uses something that cannot be evaluated from the session's data. */
  | 'TARIFF_NOT_SUPPORTED'
  /** The tariff breaks its own format. */
  | 'TARIFF_INVALID'
  /** Prices contain a tax of unknown rate (OCPI TA-65). */
  | 'TAX_UNKNOWN'
  /** The periods of the session contradict each other. */
  | 'SESSION_INVALID';

export interface Unpriceable {
  kind: 'unpriceable';
  reason: UnpriceableReason;
  /** Names the element and the member at fault. */
  detail: string;
}

/** A partial cost is present when a component of its dimension applied, be it at amount 0 (OCPI CD-41). */
export interface Priced {
  kind: 'priced';
  currency: string;
  total_cost: Price;
  total_fixed_cost?: Price;
  total_energy_cost?: Price;
  total_time_cost?: Price;
  total_parking_cost?: Price;
  lines: PriceLine[];
}

export type Pricing = Priced | Unpriceable;

export function unpriceable(reason: UnpriceableReason, detail: string): Unpriceable {
  return { kind: 'unpriceable', reason, detail };
}
