import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Tariff } from '@roambridge/domain';
import { type RunningCore, start, startCore, stop, until } from './support/running-core.js';

let running: RunningCore;
beforeEach(async () => {
  running = await startCore();
});
afterEach(() => running.stop());

const tariff = (price_components: Tariff['elements'][number]['price_components']): Tariff => ({
  country_code: 'DE',
  party_id: 'RBG',
  id: 'IDEA',
  currency: 'EUR',
  elements: [{ price_components }],
  tax_included: 'N/A',
  last_updated: '2026-01-01T00:00:00Z',
});

const span = { from: 0, to: Date.now() + 3_600_000 };

async function charge(minutesAgo: number): Promise<void> {
  const { ocppTransactionId } = await start(running.core, Date.now() - minutesAgo * 60_000);
  await stop(running.core, ocppTransactionId);
  await running.core.idle();
}

test('sessions of the past are priced by another tariff, and nothing is stored or told', async () => {
  await charge(12);
  const told = running.told.length;
  const { items } = await running.core.operator.whatIf({
    limit: 10,
    ...span,
    tariff: tariff([{ type: 'ENERGY', price: 0.5, step_size: 1 }]),
  });
  expect(items).toMatchObject([
    {
      energyKwh: '2',
      billed: { currency: 'EUR', price: { excl_vat: '0.6' } },
      whatIf: { currency: 'EUR', price: { excl_vat: '1' } },
    },
  ]);
  const cdrs = (await running.core.operator.cdrs({ limit: 10 })).items;
  expect(cdrs.map(({ cdr }) => cdr.tariffs[0]?.id)).toEqual(['T1']);
  expect(running.told.length).toBe(told);
});

test('credits and CDRs that were taken back are not counted; the correction is', async () => {
  await charge(12);
  await until(() => running.told.some(({ kind }) => kind === 'cdr'));
  const [{ cdr }] = (await running.core.operator.cdrs({ limit: 1 })).items as [{ cdr: { id: string } }];
  await running.core.operator.correctCdr(cdr.id, { reason: 'meter', energyWh: 1_000 });
  const { items } = await running.core.operator.whatIf({
    limit: 10,
    ...span,
    tariff: tariff([{ type: 'FLAT', price: 3, step_size: 1 }]),
  });
  expect(items.map(({ energyKwh, billed, whatIf }) => [energyKwh, billed?.price, whatIf?.price])).toEqual([
    ['1', { excl_vat: '0.3' }, { excl_vat: '3' }],
  ]);
});

test('pages end where the span begins; a tariff that does not price a session says why', async () => {
  await charge(12);
  await charge(10);
  const idea = tariff([{ type: 'ENERGY', price: 0.5, step_size: 1 }]);
  const first = await running.core.operator.whatIf({ limit: 1, ...span, tariff: idea });
  expect([first.items.length, first.nextCursor]).toEqual([1, expect.any(String)]);
  const last = await running.core.operator.whatIf({
    limit: 1,
    ...span,
    tariff: idea,
    cursor: first.nextCursor as string,
  });
  expect(last).toEqual({ items: [expect.objectContaining({ energyKwh: '2' })] });
  const later = { from: Date.now() + 1_000, to: Date.now() + 2_000 };
  expect(await running.core.operator.whatIf({ limit: 1, ...later, tariff: idea })).toEqual({ items: [] });
  const broken = { ...idea, elements: [] };
  const { items } = await running.core.operator.whatIf({ limit: 1, ...span, tariff: broken });
  expect(items[0]).toMatchObject({ unpriceable: expect.any(String) });
  expect(items[0]).not.toHaveProperty('whatIf');
});
