import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import { pageReply, readPage } from '../server/pagination.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { moduleUrl } from './module-url.js';

/** CDRs, sender interface (OCPI CD-01). */
export function cdrs(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  async function list({ partner, query, ourParty }: Exchange) {
    ourParty.demand();
    const page = readPage(query);
    return pageReply({
      page,
      list: await ports.edge.cdrs(partner, page),
      query,
      url: moduleUrl(ports.publicUrl(), adapter.version, 'cdrs'),
      toWire: ({ cdr, location }) => adapter.cdr.toWire(cdr, location),
    });
  }

  return [{ path: '/', methods: { GET: list } }];
}
