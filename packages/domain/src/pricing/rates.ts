import type Big from 'big.js';
import type { PriceComponent, TariffElement, TariffRestrictions } from '../roaming/tariff.js';
import { AMOUNT_SCALE, UNITS } from './amounts.js';
import { exact } from './decimal.js';
import { perTariff } from './per-tariff.js';
import type { PartialCost, UsageDimension } from './pricing.js';
import { type TaxRate, taxRate, vatOf } from './tax-rate.js';

/** A price component with its place in the tariff and what it counts to. */
export interface Rate {
  component: PriceComponent;
  /** The component's price, exact. */
  price: Big;
  /** Of one unit of a usage, times AMOUNT_SCALE. */
  scaledPrice: Big;
  /** The same object for all components of one percentage. */
  tax: TaxRate;
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

/** The components of a tariff in its order. Its prices must be numbers. */
export const ratesOf = perTariff((tariff): readonly Rate[] => {
  const taxes = new Map<number | undefined, TaxRate>();
  const taxOf = (component: PriceComponent): TaxRate => {
    const vat = vatOf(tariff, component);
    const tax = taxes.get(vat) ?? taxRate(tariff, vat);
    taxes.set(vat, tax);
    return tax;
  };
  return tariff.elements.flatMap((element, position) =>
    element.price_components.flatMap((component, index): Rate[] => {
      const { restrictions = {} } = element;
      const counted = countedAs(element, component);
      if (counted === undefined) return [];
      const { dimension, cost } = counted;
      const price = exact(component.price);
      const scaledPrice = price.times(AMOUNT_SCALE / UNITS[dimension].priced);
      const tax = taxOf(component);
      return [
        { component, price, scaledPrice, tax, element: position, index, restrictions, dimension, cost },
      ];
    }),
  );
});

/** What a component prices; undefined for what does not exist: a reservation has fees and time only (OCPI TA-30). */
function countedAs(
  element: TariffElement,
  component: PriceComponent,
): Pick<Rate, 'dimension' | 'cost'> | undefined {
  const { type } = component;
  if (element.restrictions?.reservation === undefined) {
    return { dimension: type, cost: costOf(element, component) };
  }
  return type === 'TIME' || type === 'FLAT'
    ? { dimension: RESERVATION_DIMENSIONS[type], cost: 'total_reservation_cost' }
    : undefined;
}

/** OCPI CD-41: the fee of an element that else prices nothing but parking is a fixed part of the parking cost. */
function costOf({ price_components }: TariffElement, { type }: PriceComponent): PartialCost {
  const others = price_components.filter((other) => other.type !== 'FLAT');
  const parkingFee =
    type === 'FLAT' && others.length > 0 && others.every((other) => other.type === 'PARKING_TIME');
  return parkingFee ? 'total_parking_cost' : COSTS[type];
}
