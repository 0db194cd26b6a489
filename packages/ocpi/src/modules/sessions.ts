import { invalid, notFound, STATUS } from '../errors.js';
import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import { pageReply, readPage } from '../server/pagination.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { readPreferences } from '../wire/charging-preferences.js';
import { moduleUrl } from './module-url.js';

/** Sessions, sender interface: a list, never without date_from (OCPI SE-01), and preferences of drivers (SE-30). */
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

  async function preferences({ partner, params, body }: Exchange) {
    const sessionId = params.session_id ?? '';
    const answer = await ports.edge.setPreferences(partner, sessionId, readPreferences(await body()));
    switch (answer.kind) {
      case 'unknown-session': // OCPI SE-34
        throw notFound('Unknown session', STATUS.invalidParameter);
      case 'not-capable': // OCPI SE-31
        throw notFound('The EVSE takes no charging preferences', STATUS.invalidParameter);
      case 'answered':
        return { data: answer.result };
    }
  }

  const endpoints: Endpoint[] = [{ path: '/', methods: { GET: list } }];
  if (adapter.chargingProfiles !== undefined) {
    endpoints.push({ path: '/:session_id/charging_preferences', methods: { PUT: preferences } });
  }
  return endpoints;
}
