import { expect, test } from '@jest/globals';
import type { ExchangeRecord, ResyncReport } from '@roambridge/core';
import { onEveryDatabase } from './support/on-every-database.js';
import { partner, T0 } from './support/samples.js';

onEveryDatabase((opened) => {
  const exchange = (changes: Partial<ExchangeRecord>): ExchangeRecord => ({
    partnerId: 'P1',
    at: T0,
    direction: 'out',
    method: 'PUT',
    url: 'https://emsp.example/locations/L\u0000\ud800',
    httpStatus: 200,
    statusCode: 1000,
    latencyMs: 12.5,
    requestId: 'R1',
    correlationId: null,
    requestBody: '{"a":1}',
    responseBody: null,
    error: null,
    ...changes,
  });

  test('exchanges are read newest first, page by page, of one partner and direction, as they were', async () => {
    const { exchanges } = opened.store;
    await exchanges.append([]);
    await exchanges.append([
      exchange({ at: T0 + 1 }),
      exchange({ at: T0 + 2, direction: 'in' }),
      exchange({ at: T0 + 3, httpStatus: null, statusCode: null, error: 'ECONNREFUSED' }),
      exchange({ partnerId: 'P2', at: T0 + 4 }),
    ]);
    const first = await exchanges.page({ partnerId: 'P1', limit: 2 });
    expect(first.items.map(({ at }) => at)).toEqual([T0 + 3, T0 + 2]);
    const second = await exchanges.page({ partnerId: 'P1', limit: 2, cursor: first.nextCursor! });
    expect(second).toEqual({ items: [{ ...exchange({ at: T0 + 1 }), id: expect.any(String) }] });
    const sent = await exchanges.page({ partnerId: 'P1', limit: 9, direction: 'out' });
    expect(sent.items.map(({ at }) => at)).toEqual([T0 + 3, T0 + 1]);
  });

  test('the last success of each direction is known without what failed since', async () => {
    const { exchanges } = opened.store;
    await exchanges.append([
      exchange({ partnerId: 'P3', at: T0 + 1 }),
      exchange({ partnerId: 'P3', at: T0 + 2, statusCode: 2001 }),
      exchange({ partnerId: 'P3', at: T0 + 3, direction: 'in' }),
    ]);
    expect(await exchanges.lastSuccess('P3')).toEqual({ out: T0 + 1, in: T0 + 3 });
    expect(await exchanges.lastSuccess('nobody')).toEqual({});
  });

  test('exchanges are found by correlation id, and removed when they are old', async () => {
    const { exchanges } = opened.store;
    await exchanges.append([
      exchange({ partnerId: 'P4', at: T0 - 10, correlationId: 'C1' }),
      exchange({ partnerId: 'P4', at: T0 + 10, correlationId: 'C2' }),
    ]);
    const found = await exchanges.correlated(['C1', 'C2', 'C3'], 5);
    expect(found.map(({ correlationId }) => correlationId)).toEqual(['C2', 'C1']);
    expect(await exchanges.prune(T0)).toBe(1);
    expect(await exchanges.correlated(['C1'], 5)).toEqual([]);
  });

  test('of each module the last comparison with a partner is kept, and goes with the partner', async () => {
    const { partners, resyncs } = opened.store;
    const report = (partnerId: string, more: Partial<ResyncReport> = {}): ResyncReport => ({
      partnerId,
      module: 'cdrs',
      state: 'running',
      startedAt: T0,
      compared: 0,
      same: 0,
      repaired: 0,
      owed: 0,
      unverifiable: 0,
      findings: [],
      ...more,
    });
    await partners.put(partner('P-R'));
    await resyncs.put(report('P-R'));
    const done = report('P-R', {
      state: 'done',
      endedAt: T0 + 1,
      missedSince: T0 - 1,
      findings: [{ key: 'C1', problem: 'missing', since: T0 - 1, repaired: true }],
    });
    await resyncs.put(done);
    const tariffs = report('P-R', { module: 'tariffs' });
    await resyncs.put(tariffs);
    await resyncs.put(report('P-S'));
    expect(await resyncs.list('P-R')).toEqual([done, tariffs]);
    await partners.remove('P-R');
    expect(await resyncs.list('P-R')).toEqual([]);
    expect(await resyncs.list('P-S')).toHaveLength(1);
  });
});
