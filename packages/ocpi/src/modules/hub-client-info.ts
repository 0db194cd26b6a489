import { isHub } from '@roambridge/core';
import { invalid, notFound, STATUS } from '../errors.js';
import { sameParty } from '../parties.js';
import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { CLIENT_INFO } from '../wire/client-info.js';
import { read } from '../wire/schema.js';

/** HubClientInfo, receiver interface (OCPI HU-01); empty where the version knows no hubs. */
export function hubClientInfo(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  if (!adapter.knowsHubs) return [];

  async function get({ partner, params }: Exchange) {
    const client = ports.edge.hubClient(partner, partyIn(params));
    if (client === undefined) throw notFound('Unknown party', STATUS.invalidParameter);
    return { data: { ...client } };
  }

  async function put({ partner, params, body }: Exchange) {
    if (!isHub(partner)) throw notFound('Only hubs tell of other parties');
    const client = read(CLIENT_INFO, await body());
    if (!sameParty(client, partyIn(params))) {
      throw invalid('country_code, party_id', 'differ from the URL'); // OCPI TR-033
    }
    const stored = await ports.edge.putHubClient(partner, client);
    if (stored === undefined) throw invalid('party_id', 'is one of more parties than are kept');
    ports.silent.heard(partner.id, client); // OCPI HU-08
    return { httpStatus: stored.created ? 201 : 200 };
  }

  return [{ path: '/:country_code/:party_id', methods: { GET: get, PUT: put } }];
}

function partyIn(params: Record<string, string>) {
  return { country_code: params.country_code ?? '', party_id: params.party_id ?? '' };
}
