import { invalid } from '../errors.js';
import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import { pageReply, readPage } from '../server/pagination.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { moduleUrl } from './module-url.js';

/** Sessions, sender interface: a list only, and never without date_from (OCPI SE-01). */
export function sessions(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  async function list({ partner, query, ourParty }: Exchange) {
    ourParty.demand();
    const page = readPage(query);
    if (page.dateFrom === undefined) {
      throw invalid('date_from', 'is required'); // OCPI ST-17
    }
    return pageReply({
      page,
      list: await ports.edge.sessions(partner, page),
      query,
      url: moduleUrl(ports.publicUrl(), adapter.version, 'sessions'),
      toWire: ({ session, location }) => adapter.session.toWire(session, location),
    });
  }

  return [{ path: '/', methods: { GET: list } }];
}
