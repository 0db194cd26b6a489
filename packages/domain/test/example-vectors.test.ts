import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Tariff } from '../src/index.js';
import { priceVector, type VectorPart } from './support/price-vector.js';

// The examples of the OCPI documents themselves are not part of this project. Where somebody has them, with an index
// of the amounts that they print, the engine is held against them too.
const folder = process.env.OCPI_EXAMPLES ?? '';
const index = join(folder, 'tariff-vectors.json');
const skipped = folder === '' || !existsSync(index);

interface Limit {
  excl_vat?: number;
  incl_vat?: number;
  before_taxes?: number;
  after_taxes?: number;
}
interface ExampleTariff extends Pick<Tariff, 'elements'> {
  tax_included?: Tariff['tax_included'];
  min_price?: Limit;
  max_price?: Limit;
}
interface Example {
  id: string;
  tariff: string | ExampleTariff;
  session: { kind: string; start: string; secs: number; kwh?: number; power?: number; current?: number }[];
  price_override: Record<string, string> | null;
  computed: { excl: string; incl: string };
}

const PHASES: Record<string, VectorPart['phase']> = {
  charge: 'CHARGE',
  park: 'PARK',
  reserve: 'RESERVE',
  reserve_expired: 'RESERVE',
};

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function limitOf(limit: Limit): Tariff['min_price'] {
  const after = limit.after_taxes ?? limit.incl_vat;
  return {
    before_taxes: limit.before_taxes ?? limit.excl_vat ?? Number.NaN,
    ...(after !== undefined && { after_taxes: after }),
  };
}

function priceExample({ tariff, session, price_override }: Example) {
  const source = typeof tariff === 'string' ? readJson<ExampleTariff>(join(folder, tariff)) : tariff;
  const elements = source.elements.map((element) => ({
    ...element,
    price_components: element.price_components.map((component) => ({
      ...component,
      price: Number(price_override?.[component.type] ?? component.price),
    })),
  }));
  const taxed = elements.some(({ price_components }) =>
    price_components.some(({ vat }) => vat !== undefined),
  );
  const kinds = session.map(({ kind }) => kind);
  return priceVector({
    tariff: {
      elements,
      tax_included: source.tax_included ?? (taxed ? 'NO' : 'N/A'),
      ...(source.min_price && { min_price: limitOf(source.min_price) }),
      ...(source.max_price && { max_price: limitOf(source.max_price) }),
    },
    timeZone: 'Europe/Berlin',
    start: session[0]?.start ?? '',
    parts: session.map(({ kind, secs, kwh, power, current }) => ({
      phase: PHASES[kind] ?? 'CHARGE',
      seconds: secs,
      ...(kwh !== undefined && { kwh }),
      ...(power !== undefined && { power_kw: power }),
      ...(current !== undefined && { current_a: current }),
    })),
    ...(kinds.includes('reserve') && { reservation: 'USED' }),
    ...(kinds.includes('reserve_expired') && { reservation: 'EXPIRED' }),
  });
}

(skipped ? describe.skip : describe)(
  'amounts of the examples of the OCPI documents (skipped without OCPI_EXAMPLES)',
  () => {
    const examples = skipped ? [] : readJson<{ vectors: Example[] }>(index).vectors;

    test('each comes to the exact amount, or is held where its tax is not known', () => {
      for (const example of examples) {
        const pricing = priceExample(example);
        if (example.id === 'TV28') {
          expect(pricing).toMatchObject({ kind: 'unpriceable', reason: 'TAX_UNKNOWN' });
          continue;
        }
        if (pricing.kind !== 'priced') throw new Error(`${example.id}: ${pricing.detail}`);
        const { excl_vat, incl_vat } = pricing.total_cost;
        const exact = (amount: string) => Math.round(Number(amount) * 1e4 + 1e-6) / 1e4;
        expect([example.id, Number(excl_vat)]).toEqual([example.id, exact(example.computed.excl)]);
        expect([example.id, Number(incl_vat ?? excl_vat)]).toEqual([
          example.id,
          exact(example.computed.incl),
        ]);
      }
      expect(examples.length).toBeGreaterThan(30);
    });
  },
);
