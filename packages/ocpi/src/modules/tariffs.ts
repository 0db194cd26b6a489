import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import { pageReply, readPage } from '../server/pagination.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { moduleUrl } from './module-url.js';

/** Tariffs, sender interface (OCPI TA-01). */
export function tariffs(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  async function list({ partner, query, ourParty }: Exchange) {
    ourParty.demand();
    const page = readPage(query);
    return pageReply({
      page,
      list: await ports.edge.tariffs(partner, page),
      query,
      url: moduleUrl(ports.publicUrl(), adapter.version, 'tariffs'),
      toWire: (tariff) => adapter.tariff.toWire(tariff),
    });
  }

  return [{ path: '/', methods: { GET: list } }];
}
