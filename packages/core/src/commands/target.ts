import type { Connector, Evse, Location, PartyId } from '@roambridge/domain';
import type { CommandAnswer } from '../model/command.js';
import type { StationLink } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { StationRegistry } from '../stations/registry.js';

export interface TargetPorts {
  store: Store;
  registry: () => StationRegistry;
  link: () => StationLink;
  /** The CPO parties that this platform hosts. */
  parties: readonly PartyId[];
}

/** Where a command goes. */
export type Target =
  | { kind: 'found'; stationId: string; evseId: number; connectorId?: number; owner: Location; evse: Evse }
  | ({ kind: 'refused' } & Refusal);

type Refusal = Pick<CommandAnswer, 'message' | 'unknownLocation'> & {
  result: 'REJECTED' | 'NOT_SUPPORTED';
};

const refused = (message: string, unknownLocation = false): Target => ({
  kind: 'refused',
  result: 'REJECTED',
  message,
  ...(unknownLocation ? { unknownLocation } : {}),
});

const notSupported = (message: string): Target => ({ kind: 'refused', result: 'NOT_SUPPORTED', message });

/**
 * D5-002, D5-011, D5-012: finds station, EVSE and connector; the EVSE's status never refuses by itself. `capability`
 * is what the EVSE has to announce (CO-22).
 */
export async function findTarget(
  ports: TargetPorts,
  request: { location_id: string; evse_uid?: string; connector_id?: string },
  capability?: string,
): Promise<Target> {
  const location = await findLocation(ports, request.location_id);
  if (!location?.publish) return refused('unknown location', true);
  const { evse_uid, connector_id } = request;
  const evse =
    evse_uid === undefined
      ? freeEvse(ports, location, capability)
      : location.evses.find((candidate) => sameId(candidate.uid, evse_uid));
  if (!evse)
    return evse_uid === undefined ? nothingFree(location, capability) : refused('unknown EVSE', true);
  if (evse.status === 'REMOVED' || evse.status === 'PLANNED') return refused(`the EVSE is ${evse.status}`);
  if (!evse.ocpp) return notSupported('the EVSE cannot be reached remotely');
  if (!offers(evse, capability)) return notSupported(`the EVSE is not ${capability}`);
  const connector =
    connector_id === undefined
      ? undefined
      : evse.connectors.find((candidate) => sameId(candidate.id, connector_id));
  if (connector_id !== undefined && !connector) return refused('unknown connector', true);
  if (!ports.link().isConnected(evse.ocpp.station_id)) return refused('charge point offline');
  return {
    kind: 'found',
    stationId: evse.ocpp.station_id,
    evseId: evse.ocpp.evse_id,
    owner: location,
    evse,
    ...(connector ? { connectorId: connectorNumber(evse, connector) } : {}),
  };
}

/** The charger's number of a connector; where none was entered, its place in the EVSE. */
function connectorNumber(evse: Evse, connector: Connector): number {
  return connector.ocpp?.connector_id ?? evse.connectors.indexOf(connector) + 1;
}

async function findLocation({ store, parties }: TargetPorts, id: string): Promise<Location | undefined> {
  for (const { country_code, party_id } of parties) {
    const location = await store.locations.get({ country_code, party_id, id });
    if (location) return location;
  }
  return undefined;
}

function offers(evse: Evse, capability: string | undefined): boolean {
  return capability === undefined || evse.capabilities?.includes(capability) === true;
}

function nothingFree(location: Location, capability: string | undefined): Target {
  return location.evses.some((evse) => offers(evse, capability))
    ? refused('no EVSE of the location can be reached')
    : notSupported(`no EVSE of the location is ${capability}`);
}

/** D5-012: an available EVSE first, then any that a charger on line has. */
function freeEvse(
  { registry, link }: TargetPorts,
  location: Location,
  capability: string | undefined,
): Evse | undefined {
  const candidates = location.evses.filter(
    (evse) =>
      evse.ocpp &&
      evse.status !== 'REMOVED' &&
      evse.status !== 'PLANNED' &&
      offers(evse, capability) &&
      link().isConnected(evse.ocpp.station_id),
  );
  return (
    candidates.find((evse) => evse.status === 'AVAILABLE') ??
    candidates.find((evse) => isIdle(evse, registry())) ??
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
