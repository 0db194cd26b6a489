import type { Evse, Location, PartyId } from '@roambridge/domain';
import type { StartSessionCommand } from '../model/command.js';
import type { StationLink } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { StationRegistry } from '../stations/registry.js';

/** Where a START_SESSION goes. */
export type StartTarget =
  | {
      kind: 'found';
      stationId: string;
      evseId?: number;
      connectorId?: number;
      owner: { country_code: string; party_id: string };
    }
  | { kind: 'refused'; result: 'REJECTED' | 'NOT_SUPPORTED'; message: string; unknownLocation?: true };

const refused = (message: string, unknownLocation = false): StartTarget => ({
  kind: 'refused',
  result: 'REJECTED',
  message,
  ...(unknownLocation ? { unknownLocation } : {}),
});

/** D5-002, D5-011, D5-012: finds station, EVSE and connector; the EVSE's status never refuses by itself. */
export async function findStartTarget(
  ports: { store: Store; registry: StationRegistry; link: StationLink; parties: readonly PartyId[] },
  request: StartSessionCommand,
): Promise<StartTarget> {
  const { store, registry, link } = ports;
  const location = await findLocation(store, ports.parties, request.location_id);
  if (!location?.publish) return refused('unknown location', true);
  const owner = { country_code: location.country_code, party_id: location.party_id };
  const evse =
    request.evse_uid === undefined
      ? freeEvse(location, registry, link)
      : location.evses.find((candidate) => sameId(candidate.uid, request.evse_uid ?? ''));
  if (!evse)
    return request.evse_uid === undefined
      ? refused('no EVSE of the location can be started')
      : refused('unknown EVSE', true);
  if (evse.status === 'REMOVED' || evse.status === 'PLANNED') return refused(`the EVSE is ${evse.status}`);
  if (!evse.ocpp)
    return { kind: 'refused', result: 'NOT_SUPPORTED', message: 'the EVSE cannot be started remotely' };
  const connector =
    request.connector_id === undefined
      ? undefined
      : evse.connectors.find((candidate) => sameId(candidate.id, request.connector_id ?? ''));
  if (request.connector_id !== undefined && !connector) return refused('unknown connector', true);
  if (!link.isConnected(evse.ocpp.station_id)) return refused('charge point offline');
  return {
    kind: 'found',
    stationId: evse.ocpp.station_id,
    evseId: evse.ocpp.evse_id,
    owner,
    ...(connector?.ocpp ? { connectorId: connector.ocpp.connector_id } : {}),
  };
}

async function findLocation(
  store: Store,
  parties: readonly PartyId[],
  id: string,
): Promise<Location | undefined> {
  for (const { country_code, party_id } of parties) {
    const location = await store.locations.get({ country_code, party_id, id });
    if (location) return location;
  }
  return undefined;
}

/** D5-012: an available EVSE first, then any that a charger on line has. */
function freeEvse(location: Location, registry: StationRegistry, link: StationLink): Evse | undefined {
  const candidates = location.evses.filter(
    (evse) =>
      evse.ocpp &&
      evse.status !== 'REMOVED' &&
      evse.status !== 'PLANNED' &&
      link.isConnected(evse.ocpp.station_id),
  );
  return (
    candidates.find((evse) => evse.status === 'AVAILABLE') ??
    candidates.find((evse) => isIdle(evse, registry)) ??
    candidates[0]
  );
}

function isIdle(evse: Evse, registry: StationRegistry): boolean {
  const station = evse.ocpp && registry.peek(evse.ocpp.station_id);
  if (!station) return true;
  return ![...station.open.values()].some(({ transaction }) => transaction.evseId === evse.ocpp?.evse_id);
}

/** TR-030: identifiers of OCPI 2.2 and later are compared ignoring case. */
function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
