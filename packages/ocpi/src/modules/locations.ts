import type { Evse, Location } from '@roambridge/domain';
import { notFound, STATUS } from '../errors.js';
import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import { pageReply, readPage } from '../server/pagination.js';
import type { VersionAdapter } from '../versions/adapter.js';
import type { WireObject } from '../wire/project.js';
import { moduleUrl } from './module-url.js';

/** Locations, sender interface (OCPI LO-01). */
export function locations(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  async function list({ partner, query, ourParty }: Exchange) {
    ourParty.demand();
    const page = readPage(query);
    return pageReply({
      page,
      list: await ports.edge.locations(partner, page),
      query,
      url: moduleUrl(ports.publicUrl(), adapter.version, 'locations'),
      toWire: adapter.location.toWire,
    });
  }

  async function object({ partner, params, ourParty }: Exchange) {
    const location = await ports.edge.location(partner, params.location_id ?? '');
    if (location === undefined || !adapter.sameId(location.id, params.location_id ?? '')) {
      throw unknownLocation();
    }
    ourParty.is(location);
    const data = part(adapter, location, params.evse_uid, params.connector_id);
    if (data === undefined) {
      throw unknownLocation();
    }
    return { data };
  }

  return [
    { path: '/', methods: { GET: list } },
    { path: '/:location_id', methods: { GET: object } },
    { path: '/:location_id/:evse_uid', methods: { GET: object } },
    { path: '/:location_id/:evse_uid/:connector_id', methods: { GET: object } },
  ];
}

/** The Location, or the EVSE or Connector in it that the URL names. */
function part(
  adapter: VersionAdapter,
  location: Location,
  evseUid: string | undefined,
  connectorId: string | undefined,
): WireObject | undefined {
  const whole = adapter.location.toWire(location);
  if (whole === undefined || evseUid === undefined) {
    return whole;
  }
  const evse = location.evses.find((each) => adapter.sameId(each.uid, evseUid));
  if (evse === undefined) {
    return undefined;
  }
  return connectorId === undefined
    ? adapter.location.evseToWire(evse)
    : connectorPart(adapter, evse, connectorId);
}

function connectorPart(adapter: VersionAdapter, evse: Evse, connectorId: string): WireObject | undefined {
  const connector = evse.connectors.find((each) => adapter.sameId(each.id, connectorId));
  return connector === undefined ? undefined : adapter.location.connectorToWire(connector);
}

// OCPI ST-04
function unknownLocation() {
  return notFound('Unknown location, EVSE or connector', STATUS.unknownLocation);
}
