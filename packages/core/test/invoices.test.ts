import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Notice } from '../src/index.js';
import { type RunningCore, start, startCore, stop, until } from './support/running-core.js';

const OWNER = { country_code: 'DE', party_id: 'RBG' };
let running: RunningCore;
let partnerId: string;
let cdr: string;
beforeAll(async () => {
  running = await startCore();
  const { ocppTransactionId } = await start(running.core);
  await stop(running.core, ocppTransactionId);
  await until(() => running.told.some(({ kind }) => kind === 'cdr'));
  const [record] = (await running.core.operator.cdrs({ limit: 1 })).items;
  partnerId = record!.partnerId;
  cdr = record!.cdr.id;
});
afterAll(() => running.stop());

const told = () =>
  running.told.filter(({ kind }: Notice) => kind === 'invoice' || kind === 'invoice-removed');
const put = (cdrs: string[]) =>
  running.core.operator.putInvoice(partnerId, { ...OWNER, id: 'I-1', invoice_id: '2026/1', cdrs });

test('an invoice names CDRs that the partner was sent, and nothing else says what it is about (IR-03, IR-04)', async () => {
  await expect(put(['nobody'])).rejects.toThrow('CDR nobody is none of this partner');
  await running.core.operator.creditCdr(cdr, 'mistake');
  await expect(put([cdr, `${cdr}-C`])).rejects.toThrow('too long for a record');
  const stranger = { country_code: 'DE', party_id: 'XXX', id: 'I-1', invoice_id: '2026/1', cdrs: [cdr] };
  await expect(running.core.operator.putInvoice(partnerId, stranger)).rejects.toThrow('not a party');
  expect(told()).toEqual([]);
});

test('the partner is told of it once, of its change, and that it was a mistake (IR-01, IR-02)', async () => {
  expect((await put([cdr])).created).toBe(true);
  await until(() => told().length === 1);
  await running.core.idle();
  expect(told()).toMatchObject([{ kind: 'invoice', isNew: true, record: { ...OWNER, cdrs: [cdr] } }]);
  const { items } = await running.core.operator.invoices({ partnerId, limit: 10 });
  expect(items).toMatchObject([{ sender: 'us', record: { id: 'I-1', invoice_id: '2026/1' } }]);
  expect((await put([cdr])).created).toBe(false);
  await until(() => told().length === 2);
  await running.core.idle();
  expect(told()[1]).toMatchObject({ kind: 'invoice', isNew: false });
  const key = { ...OWNER, partnerId, id: 'I-1' };
  expect(await running.core.operator.removeInvoice(key)).toBe(true);
  await until(() => told().length === 3);
  expect(told()[2]).toEqual({ kind: 'invoice-removed', ...OWNER, id: 'I-1' });
  expect(await running.core.operator.removeInvoice(key)).toBe(false);
});

test('what a partner writes in our name is kept beside ours, and is its own alone (IR-01)', async () => {
  const [partner] = await running.store.partners.list();
  const record = {
    country_code: 'NL',
    party_id: 'MSP',
    id: 'I-1',
    invoice_id: 'self-billed',
    cdrs: [cdr],
    last_updated: '2026-03-01T10:00:00Z',
  };
  expect((await running.core.partner.putInvoice(partner!, record)).created).toBe(true);
  expect(await running.core.partner.invoice(partner!, { ...record, id: 'i-1' })).toEqual(record);
  expect(await running.core.partner.invoice({ ...partner!, id: 'another' }, record)).toBeUndefined();
  const page = { offset: 0, limit: 10 };
  expect((await running.core.partner.invoices(partner!, page)).items).toEqual([]);
  const { items } = await running.core.operator.invoices({ partnerId, limit: 10 });
  expect(items).toMatchObject([{ sender: 'partner', record }]);
  expect(await running.core.partner.removeInvoice(partner!, record)).toBe(true);
});
