import type { Tariff } from '@roambridge/domain';
import { beforeTax } from '../v221/tariff.js';
import { DISPLAY_TEXT } from '../v230/shapes.js';
import { PRICE_COMPONENT_230, RESTRICTIONS_230 } from '../v230/tariff.js';
import type { TariffAdapter } from '../versions/adapter.js';
import { scalar, second } from '../wire/fields.js';
import { hidden, project, type Shape } from '../wire/project.js';
import { ENERGY_MIX_211 } from './shapes.js';

const TARIFF_211 = {
  id: scalar,
  currency: scalar,
  tariff_alt_text: DISPLAY_TEXT,
  tariff_alt_url: scalar,
  elements: {
    price_components: { ...PRICE_COMPONENT_230, vat: hidden },
    restrictions: { ...RESTRICTIONS_230, min_current: hidden, max_current: hidden, reservation: hidden },
  },
  energy_mix: ENERGY_MIX_211,
  last_updated: second,
} satisfies Shape;

/**
 * A tariff leaves only if 2.1.1 can say what it costs (MP-08): a type of its own, a current restriction or prices
 * with an unknown tax cannot be said. Limits of the total have no member either; they are told in words.
 */
export const tariff211: TariffAdapter = {
  toWire: (tariff) => {
    const net = beforeTax(tariff);
    if (net === undefined || (net.type !== undefined && net.type !== 'REGULAR') || restrictsCurrent(net)) {
      return undefined;
    }
    const elements = net.elements.filter((element) => element.restrictions?.reservation === undefined);
    const note = limitNote(net);
    return elements.length === 0
      ? undefined
      : project(
          {
            ...net,
            elements,
            ...(note === undefined
              ? {}
              : { tariff_alt_text: [...(net.tariff_alt_text ?? []), { language: 'en', text: note }] }),
          },
          TARIFF_211,
        );
  },
};

function restrictsCurrent(tariff: Tariff): boolean {
  return tariff.elements.some(
    ({ restrictions }) => restrictions?.min_current !== undefined || restrictions?.max_current !== undefined,
  );
}

function limitNote(tariff: Tariff): string | undefined {
  const limits = [
    tariff.min_price === undefined ? [] : [`at least ${tariff.min_price.before_taxes} ${tariff.currency}`],
    tariff.max_price === undefined ? [] : [`at most ${tariff.max_price.before_taxes} ${tariff.currency}`],
  ].flat();
  return limits.length === 0 ? undefined : `A session costs ${limits.join(' and ')} excluding VAT.`;
}
