import { expect, test } from '@jest/globals';
import type { AuditRecord } from '@roambridge/core';
import { onEveryDatabase } from './support/on-every-database.js';
import { T0 } from './support/samples.js';

const entry = (changes: Partial<AuditRecord> = {}): AuditRecord => ({
  at: T0,
  actor: 'operator token',
  role: 'admin',
  address: '::1',
  action: 'Create or replace a station',
  method: 'PUT',
  path: '/stations/CP-1',
  status: 200,
  outcome: null,
  ...changes,
});

onEveryDatabase((opened) => {
  test('what was done is read newest first as it was, filtered, and removed when it is old', async () => {
    const { audit } = opened.store;
    await audit.append(entry());
    await audit.append(entry({ at: T0 + 1, actor: 'Ann\u0000, session x', path: '/stations/100%_A' }));
    await audit.append(entry({ at: T0 + 2, status: 403, outcome: 'forbidden', role: 'field' }));
    const found = async (query: object) =>
      (await audit.page({ limit: 9, ...query })).items.map(({ at }) => at - T0);
    const first = await audit.page({ limit: 2 });
    expect(first.items[0]).toEqual({
      ...entry({ at: T0 + 2, status: 403, outcome: 'forbidden', role: 'field' }),
      id: expect.any(String),
    });
    expect(first.items[1]?.actor).toBe('Ann\u0000, session x');
    expect((await audit.page({ limit: 2, cursor: first.nextCursor! })).items.map(({ at }) => at)).toEqual([
      T0,
    ]);
    expect(await found({ actor: 'aNN' })).toEqual([1]);
    expect(await found({ path: '0%_a' })).toEqual([1]);
    expect(await found({ failed: true })).toEqual([2]);
    expect(await found({ failed: false })).toEqual([1, 0]);
    expect(await found({ from: T0 + 1, to: T0 + 2 })).toEqual([1]);
    expect(await audit.prune(T0 + 2)).toBe(2);
    expect(await found({})).toEqual([2]);
  });
});
