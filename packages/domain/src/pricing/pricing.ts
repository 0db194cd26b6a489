import type { Decimal, Price } from '../roaming/common.js';
import type { TariffDimension } from '../roaming/tariff.js';

/** What a line of a priced session is about: a dimension of the tariff, or what was done to the total. */
export type PriceLineDimension = UsageDimension | 'MIN_PRICE' | 'MAX_PRICE' | 'ROUNDING';

/** What a session can use of a tariff; time and fees of a reservation are counted apart (OCPI TA-32). */
export type UsageDimension = TariffDimension | 'RESERVATION_TIME' | 'RESERVATION_FLAT';

/** Which step of the calculation a line is. */
export type PriceLineKind = 'usage' | 'step_size' | 'min_price' | 'max_price' | 'rounding';

/**
 * One step of the calculation; the amounts of all lines add up to `total_cost.excl_vat` exactly.
 * Volumes are kWh and hours, 1 for FLAT. A line of step_size has volume 0 and the surplus as
 * `billed_volume`. `element` and `component` are positions in the tariff and, as `price`, absent for
 * what was done to the total.
 */
export interface PriceLine {
  kind: PriceLineKind;
  dimension: PriceLineDimension;
  element?: number;
  component?: number;
  /** Present where the session follows several tariffs. */
  tariff_id?: string;
  from: string;
  to: string;
  volume: Decimal;
  billed_volume: Decimal;
  /** Per kWh, per hour or once, as the tariff states it. */
  price?: Decimal;
  amount_excl_vat: Decimal;
  /** Percentage; absent when no VAT applies. */
  vat?: number;
  /** Positions of the periods that it comes from in the periods that were priced; empty for the total. */
  periods: number[];
  why: string;
}

/** Why a session cannot be priced; never replaced by an amount. */
export type UnpriceableReason =
  /** The tariff uses something that cannot be evaluated. */
  | 'TARIFF_NOT_SUPPORTED'
  /** The tariff breaks its own format. */
  | 'TARIFF_INVALID'
  /** Prices contain a tax of unknown rate (OCPI TA-65). */
  | 'TAX_UNKNOWN'
  /** A price depends on a power or current that nobody metered (OCPI TA-27). */
  | 'LOAD_UNKNOWN'
  /** The periods of the session contradict each other. */
  | 'SESSION_INVALID';

/** Where a fault is: a member of the tariff, of the session, or the time zone. */
export type FaultPath = readonly ['tariff' | 'session' | 'time_zone', ...(string | number)[]];

export interface Unpriceable {
  kind: 'unpriceable';
  reason: UnpriceableReason;
  /** Names the member at fault. */
  detail: string;
  path: FaultPath;
}

/** The cost fields of a CDR beside the total. */
export type PartialCost =
  | 'total_fixed_cost'
  | 'total_energy_cost'
  | 'total_time_cost'
  | 'total_parking_cost'
  | 'total_reservation_cost';

/** The partial costs in the order of a CDR. */
export const PARTIAL_COSTS = [
  'total_fixed_cost',
  'total_energy_cost',
  'total_time_cost',
  'total_parking_cost',
  'total_reservation_cost',
] as const satisfies readonly PartialCost[];

/** What a session costs, without how that comes about. */
export interface Cost {
  kind: 'priced';
  currency: string;
  total_cost: Price;
}

/**
 * A partial cost is present when a component of it applied, be it at amount 0 (OCPI CD-41). They add up to the
 * total unless min_price or max_price changed it (CD-42).
 */
export interface Priced extends Cost, Partial<Record<PartialCost, Price>> {
  lines: PriceLine[];
}

export type Pricing = Priced | Unpriceable;

/** Says what keeps a session from being priced. `path` leads to the member, `problem` goes on from its name. */
export function unpriceable(reason: UnpriceableReason, path: FaultPath, problem: string): Unpriceable {
  return { kind: 'unpriceable', reason, detail: `${memberName(path)}: ${problem}`, path };
}

/** `elements[0].restrictions.max_power`; the name of the root where the path ends with it. */
function memberName([root, ...members]: FaultPath): string {
  if (members.length === 0) return root;
  return members
    .map((member, at) => (typeof member === 'number' ? `[${member}]` : at === 0 ? member : `.${member}`))
    .join('');
}
