import { expect, test } from '@jest/globals';
import { onEveryDatabase } from './support/on-every-database.js';
import { cdr, session, transaction } from './support/samples.js';

onEveryDatabase((opened) => {
  test('the ledger has every session with its transaction and CDRs, in the order of their beginning (D3-050)', async () => {
    const { store } = opened;
    const before = await store.ledger.page({ after: 0, limit: 1_000 });
    const from = before.at(-1)?.seq ?? 0;
    await store.commit({
      stationId: 'l',
      sessions: [session('l1', 'l', 'PL'), session('l2', 'l', 'PL')],
      transactions: [transaction('tx-l2', 'l')],
      cdrs: [{ ...cdr('l2-a', 'l', 'PL'), ...{ cdr: { ...cdr('l2-a', 'l', 'PL').cdr, session_id: 'l2' } } }],
    });
    const page = await store.ledger.page({ after: from, limit: 10 });
    expect(page).toMatchObject([
      { partnerId: 'PL', stationId: 'l', session: { id: 'l1' }, cdrs: [] },
      { session: { id: 'l2' }, transaction: { id: 'tx-l2' }, cdrs: [{ cdr: { id: 'l2-a' } }] },
    ]);
    expect(page[0]?.transaction).toBeUndefined();
    expect(await store.ledger.page({ after: page[0]?.seq ?? 0, limit: 1 })).toHaveLength(1);
    expect(await store.ledger.page({ after: page[1]?.seq ?? 0, limit: 1 })).toEqual([]);
  });
});
