import type { PriceComponent, PriceLimit, Tariff } from '@roambridge/domain';
import { TARIFF_230 } from '../v230/tariff.js';
import type { TariffAdapter } from '../versions/adapter.js';
import { hidden, project, type ShapeOf, type WireObject } from '../wire/project.js';
import { ENERGY_MIX_221 } from './shapes.js';

const PRICE_DECIMALS = 4; // OCPI TY-08

const TARIFF_221 = {
  ...TARIFF_230,
  min_price: hidden,
  max_price: hidden,
  tax_included: hidden,
  energy_mix: ENERGY_MIX_221,
} satisfies ShapeOf<Tariff>;

/**
 * The tariff with prices before tax, as OCPI before 2.3.0 knows them (TA-61, TA-65). undefined = prices contain a
 * tax whose share is not known; such a tariff is not sent (MP-08).
 */
export function beforeTax(tariff: Tariff): Tariff | undefined {
  if (tariff.tax_included !== 'YES') {
    return tariff;
  }
  const elements = tariff.elements.map((element) => ({
    ...element,
    price_components: element.price_components.flatMap((component) => netComponent(component) ?? []),
  }));
  const complete = elements.every(
    (element, index) => element.price_components.length === tariff.elements[index]?.price_components.length,
  );
  return complete ? { ...tariff, elements, tax_included: 'NO' } : undefined;
}

function netComponent(component: PriceComponent): PriceComponent | undefined {
  if (component.price === 0) {
    return component;
  }
  if (component.vat === undefined) {
    return undefined;
  }
  return {
    ...component,
    price: Number((component.price / (1 + component.vat / 100)).toFixed(PRICE_DECIMALS)),
  };
}

function limits(tariff: Tariff): WireObject {
  return {
    ...(tariff.min_price === undefined ? {} : { min_price: limit(tariff.min_price) }),
    ...(tariff.max_price === undefined ? {} : { max_price: limit(tariff.max_price) }),
  };
}

/** PriceLimit of 2.3.0 as Price (TA-63). */
function limit(value: PriceLimit): WireObject {
  return {
    excl_vat: value.before_taxes,
    ...(value.after_taxes === undefined ? {} : { incl_vat: value.after_taxes }),
  };
}

export const tariff221: TariffAdapter = {
  toWire: (tariff) => {
    const net = beforeTax(tariff);
    return net === undefined ? undefined : Object.assign(project(net, TARIFF_221), limits(net));
  },
};
