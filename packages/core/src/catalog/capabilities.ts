import type { Evse, Location } from '@roambridge/domain';
import type { StationDirectory } from '../stations/directory.js';
import type { StationRegistry } from '../stations/registry.js';

/** What has to be announced so that a remote start or stop is taken (CO-22). */
export const REMOTE_START_STOP = 'REMOTE_START_STOP_CAPABLE';
/** OCPI capability of an EVSE whose connectors cannot be told apart without their ids. */
const CONNECTOR_REQUIRED = 'START_SESSION_CONNECTOR_REQUIRED';

export interface CapabilityPorts {
  directory: StationDirectory;
  registry: () => StationRegistry;
}

/** A location whose EVSEs say what they can do: as the operator entered it, or as it follows from what is known. */
export function withCapabilities(ports: CapabilityPorts, location: Location): Location {
  const evses = location.evses.map((evse) => {
    if (!evse.ocpp) return evse;
    const entered = evse.ocpp.derived_capabilities ? undefined : evse.capabilities;
    const known = entered ?? derived(ports, evse);
    const capabilities =
      sharesConnectors(ports, evse) && !known.includes(CONNECTOR_REQUIRED)
        ? [...known, CONNECTOR_REQUIRED]
        : known;
    const ocpp = entered ? evse.ocpp : { ...evse.ocpp, derived_capabilities: true as const };
    return { ...evse, capabilities, ocpp };
  });
  return { ...location, evses };
}

/** What the operator says of capabilities counts, also where it was read from here before. */
export function asEntered(location: Location): Location {
  const evses = location.evses.map((evse) => {
    if (!evse.ocpp) return evse;
    const { derived_capabilities: _, ...ocpp } = evse.ocpp;
    return { ...evse, ocpp };
  });
  return { ...location, evses };
}

export function hasOtherCapabilities(left: Location, right: Location): boolean {
  const of = ({ evses }: Location) => JSON.stringify(evses.map(({ capabilities }) => capabilities));
  return of(left) !== of(right);
}

/**
 * D1-005: every EVSE behind a charger can be started, knows groups of tokens, and frees a cable that is not its own;
 * reservations and limits are taken where the charger said so. What nobody can know, such as a card reader, is the operator's to enter.
 */
function derived({ registry }: CapabilityPorts, { connectors, ocpp }: Evse): string[] {
  const state = ocpp && registry().peek(ocpp.station_id)?.state;
  const says = (feature: string) => state?.features?.includes(feature) === true;
  const reservations = state?.reservationsEnabled ?? says('Reservation');
  const limits = state?.smartChargingEnabled ?? (says('SmartCharging') || state?.smartCharging !== undefined);
  return [
    REMOTE_START_STOP,
    'TOKEN_GROUP_CAPABLE',
    ...(connectors.some(({ format }) => format === 'SOCKET') ? ['UNLOCK_CAPABLE'] : []),
    ...(reservations ? ['RESERVABLE'] : []),
    ...(limits ? ['CHARGING_PROFILE_CAPABLE'] : []),
  ];
}

/** D1-002: where connectors share an EVSE a start must name one of them (OCPI 2.2 and later). */
function sharesConnectors({ directory }: CapabilityPorts, { ocpp }: Evse): boolean {
  const groups = (ocpp && directory.find(ocpp.station_id)?.evseGroups) ?? [];
  return groups.some((group) => group.length > 1 && ocpp !== undefined && group.includes(ocpp.evse_id));
}
