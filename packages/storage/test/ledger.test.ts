import { expect, test } from '@jest/globals';
import { onEveryDatabase } from './support/on-every-database.js';
import { cdr, session, T0, time, transaction } from './support/samples.js';

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

  test('records of invoices are kept by partner and writer, listed by creation, and told of (IR-01, IR-02)', async () => {
    const { invoices, deliveries } = opened.store;
    const invoice = (id: string, sender: 'us' | 'partner' = 'us') => ({
      partnerId: 'PI',
      sender,
      record: {
        country_code: 'DE',
        party_id: 'RBG',
        id,
        invoice_id: 'N',
        cdrs: ['c'],
        last_updated: time(1),
      },
    });
    const key = (id: string, sender: 'us' | 'partner' = 'us') => ({
      ...invoice(id, sender).record,
      partnerId: 'PI',
      sender,
    });
    const mark = { partnerId: 'PI', kind: 'invoice' as const, key: 'DE/RBG/A', dueAt: T0 };
    expect(await invoices.put(invoice('A'), [mark])).toEqual({ created: true });
    expect(await invoices.put(invoice('a'), [mark])).toEqual({ created: false });
    expect(await deliveries.get('PI', 'invoice', 'DE/RBG/A')).toMatchObject({ version: 2 });
    expect(await invoices.put(invoice('A', 'partner'), [])).toEqual({ created: true });
    await invoices.put(invoice('B'), []);
    expect(await invoices.get(key('A'))).toEqual(invoice('a'));
    const ids = async (query: object) =>
      (await invoices.list({ partnerId: 'PI', sender: 'us', offset: 0, limit: 50, ...query })).items.map(
        ({ record }) => record.id,
      );
    expect(await ids({})).toEqual(['a', 'B']);
    expect(await ids({ offset: 1 })).toEqual(['B']);
    expect(await ids({ dateFrom: T0 + 1_001 })).toEqual([]);
    expect(await ids({ partnerId: 'PX' })).toEqual([]);
    expect((await invoices.page({ partnerId: 'PI', limit: 2 })).items).toEqual([
      invoice('B'),
      invoice('A', 'partner'),
    ]);
    expect(await invoices.remove(key('A'), [mark])).toBe(true);
    expect(await invoices.remove(key('A'), [mark])).toBe(false);
    expect(await invoices.get(key('A', 'partner'))).toEqual(invoice('A', 'partner'));
  });
});
