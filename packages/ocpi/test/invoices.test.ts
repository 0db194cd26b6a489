import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { partner } from './support/samples.js';

const record = (id: string) => ({
  country_code: 'NL',
  party_id: 'MSP',
  id,
  invoice_id: '2025-0001',
  cdrs: ['C-1'],
  last_updated: '2025-06-01T12:00:00Z',
});

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
  gateway.memory.partners = ['2.1.1', '2.2.1', '2.3.0'].map((version) => partner(version));
});
afterAll(() => gateway.close());

const send = (method: string, path = '', body?: unknown, version = '2.3.0') =>
  gateway.call(method, `/ocpi/${version}/invoicereconciliation${path}`, {
    token: `token-c-${version}`,
    ...(body === undefined ? {} : { body }),
  });

test('an invoice that the partner writes is posted, read, put and deleted (IR-01, IR-02)', async () => {
  const { status, body } = await send('POST', '', { ...record('I-1'), future_member: 1 });
  expect([status, body.status_code, body.data]).toEqual([201, 1000, undefined]);
  expect((await send('GET', '/NL/MSP/i-1')).body.data).toEqual(record('I-1'));
  const changed = { ...record('I-1'), cdrs: ['C-1', 'C-2'] };
  expect((await send('PUT', '/nl/msp/I-1', changed)).status).toBe(200);
  expect((await send('GET', '/NL/MSP/I-1')).body.data).toEqual(changed);
  expect((await send('DELETE', '/NL/MSP/I-1')).status).toBe(200);
  for (const method of ['GET', 'DELETE']) {
    const gone = await send(method, '/NL/MSP/I-1');
    expect([gone.status, gone.body.status_code]).toEqual([404, 2001]);
  }
  expect((await send('PATCH', '/NL/MSP/I-1', changed)).status).toBe(405);
});

test('ours are a list (IR-02)', async () => {
  gateway.memory.invoices = ['I-1', 'I-2', 'I-3'].map((id) => ({ ...record(id), country_code: 'DE' }));
  const { body, headers } = await send('GET', '?limit=2');
  expect(body.data).toEqual(gateway.memory.invoices.slice(0, 2));
  expect([headers.get('x-total-count'), headers.get('link')]).toEqual([
    '3',
    expect.stringContaining('/invoicereconciliation?'),
  ]);
});

test('what is missing, wrong or of another party is refused, and older versions have no such module (IR-01)', async () => {
  for (const [body, message] of [
    [{ ...record('I-9'), cdrs: [] }, 'cdrs: '],
    [{ ...record('I-9'), cdrs: ['x'.repeat(37)] }, 'cdrs.0: '],
    [{ ...record('I-9'), invoice_id: undefined }, 'invoice_id: is required'],
    [{ ...record('I-9'), party_id: 'XXX' }, 'country_code, party_id: '],
  ] as const) {
    const answer = await send('POST', '', body);
    expect([answer.status, answer.body.status_code]).toEqual([200, 2001]);
    expect(answer.body.status_message).toContain(message);
  }
  expect((await send('PUT', '/NL/MSP/I-8', record('I-9'))).body.status_message).toContain('id: differs');
  expect((await send('PUT', '/NL/XXX/I-9', record('I-9'))).status).toBe(404);
  expect(gateway.memory.theirInvoices.size).toBe(0);
  for (const version of ['2.1.1', '2.2.1']) {
    expect((await send('POST', '', record('I-9'), version)).status).toBe(404);
  }
});
