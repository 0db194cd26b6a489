import { speaksFor } from '@roambridge/core';
import { invalid, notFound, STATUS } from '../errors.js';
import { sameParty } from '../parties.js';
import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import { pageReply, readPage } from '../server/pagination.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { invoiceRecord } from '../wire/invoice-record.js';
import { moduleUrl } from './module-url.js';

/**
 * Records of invoices (OCPI IR-02): the list of ours, and the receiver of those that the partner writes. Empty where
 * the version has no such module.
 */
export function invoices(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  if (!adapter.hasInvoices) return [];
  const { edge } = ports;

  async function list({ partner, query, ourParty }: Exchange) {
    ourParty.demand();
    const page = readPage(query);
    return pageReply({
      page,
      list: await edge.invoices(partner, page),
      query,
      url: moduleUrl(ports.publicUrl(), adapter.version, 'invoicereconciliation'),
      toWire: invoiceRecord.toWire,
    });
  }

  async function post(exchange: Exchange) {
    const record = invoiceRecord.fromWire(await exchange.body());
    if (!speaksFor(exchange.partner, record)) {
      throw invalid('country_code, party_id', 'is not a party of this connection');
    }
    const { created } = await edge.putInvoice(exchange.partner, record);
    return { httpStatus: created ? 201 : 200 };
  }

  async function get({ partner, params }: Exchange) {
    const record = await edge.invoice(partner, keyOf(params));
    if (record === undefined) throw unknown();
    return { data: invoiceRecord.toWire(record) };
  }

  async function put(exchange: Exchange) {
    const { partner, params } = exchange;
    const key = keyOf(params);
    if (!speaksFor(partner, key)) throw notFound('The party in the URL is not a party of this connection');
    const record = invoiceRecord.fromWire(await exchange.body());
    // OCPI TR-031, TR-033
    if (!adapter.sameId(record.id, key.id)) throw invalid('id', 'differs from the URL');
    if (!sameParty(record, key)) throw invalid('country_code, party_id', 'differ from the URL');
    const { created } = await edge.putInvoice(partner, record);
    return { httpStatus: created ? 201 : 200 };
  }

  async function remove({ partner, params }: Exchange) {
    if (!(await edge.removeInvoice(partner, keyOf(params)))) throw unknown();
    return {};
  }

  return [
    { path: '/', methods: { GET: list, POST: post } },
    { path: '/:country_code/:party_id/:id', methods: { GET: get, PUT: put, DELETE: remove } },
  ];
}

function keyOf({ country_code = '', party_id = '', id = '' }: Record<string, string>) {
  return { country_code: country_code.toUpperCase(), party_id: party_id.toUpperCase(), id };
}

// OCPI ST-04
function unknown() {
  return notFound('Unknown record of an invoice', STATUS.invalidParameter);
}
