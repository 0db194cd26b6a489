import type Big from 'big.js';
import type { PriceComponent, Tariff, TariffElement, TariffRestrictions } from '../roaming/tariff.js';
import { exact } from './decimal.js';
import type { PartialCost, UsageDimension } from './pricing.js';

/** A price component with its place in the tariff and what it counts to. */
export interface Rate {
  component: PriceComponent;
  /** The component's price, exact. */
  price: Big;
  element: number;
  index: number;
  restrictions: TariffRestrictions;
  dimension: UsageDimension;
  cost: PartialCost;
}

const RESERVATION_DIMENSIONS = {
  TIME: 'RESERVATION_TIME',
  FLAT: 'RESERVATION_FLAT',
} as const;

const COSTS = {
  FLAT: 'total_fixed_cost',
  ENERGY: 'total_energy_cost',
  TIME: 'total_time_cost',
  PARKING_TIME: 'total_parking_cost',
} as const;

// A tariff is never changed, and prices many sessions.
const known = new WeakMap<Tariff, readonly Rate[]>();

/** The components of a tariff in its order. Its prices must be numbers. */
export function ratesOf(tariff: Tariff): readonly Rate[] {
  const found = known.get(tariff);
  if (found) return found;
  const rates = findRates(tariff);
  known.set(tariff, rates);
  return rates;
}

function findRates(tariff: Tariff): Rate[] {
  return tariff.elements.flatMap((element, position) =>
    element.price_components.flatMap((component, index): Rate[] => {
      const { restrictions = {} } = element;
      const { type } = component;
      const rate = { component, price: exact(component.price), element: position, index, restrictions };
      if (restrictions.reservation === undefined) {
        return [{ ...rate, dimension: type, cost: costOf(element, component) }];
      }
      // OCPI TA-30: a reservation has fees and time only.
      return type === 'TIME' || type === 'FLAT'
        ? [{ ...rate, dimension: RESERVATION_DIMENSIONS[type], cost: 'total_reservation_cost' }]
        : [];
    }),
  );
}

/** OCPI CD-41: the fee of an element that else prices nothing but parking is a fixed part of the parking cost. */
function costOf({ price_components }: TariffElement, { type }: PriceComponent): PartialCost {
  const others = price_components.filter((other) => other.type !== 'FLAT');
  const parkingFee =
    type === 'FLAT' && others.length > 0 && others.every((other) => other.type === 'PARKING_TIME');
  return parkingFee ? 'total_parking_cost' : COSTS[type];
}
