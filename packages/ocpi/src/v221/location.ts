import type { Connector, Evse, Location } from '@roambridge/domain';
import { CONNECTOR_230, EVSE_230, LOCATION_230 } from '../v230/location.js';
import type { LocationAdapter } from '../versions/adapter.js';
import {
  CAPABILITIES_221,
  CONNECTOR_TYPES_221,
  FACILITIES_221,
  PARKING_RESTRICTIONS_221,
  PARKING_TYPES_221,
} from '../wire/enums.js';
import { oneOf } from '../wire/fields.js';
import { hidden, project, type ShapeOf } from '../wire/project.js';
import { BUSINESS_DETAILS_221, ENERGY_MIX_221, IMAGE_221, PUBLISH_TOKEN_221 } from './shapes.js';

const CONNECTOR_221 = { ...CONNECTOR_230, capabilities: hidden } satisfies ShapeOf<Connector>;

const EVSE_221 = {
  ...EVSE_230,
  capabilities: oneOf(CAPABILITIES_221),
  connectors: CONNECTOR_221,
  parking_restrictions: oneOf(PARKING_RESTRICTIONS_221),
  parking: hidden,
  images: IMAGE_221,
  accepted_service_providers: hidden,
} satisfies ShapeOf<Evse>;

const LOCATION_221 = {
  ...LOCATION_230,
  publish_allowed_to: PUBLISH_TOKEN_221,
  parking_type: oneOf(PARKING_TYPES_221),
  evses: EVSE_221,
  parking_places: hidden,
  operator: BUSINESS_DETAILS_221,
  suboperator: BUSINESS_DETAILS_221,
  owner: BUSINESS_DETAILS_221,
  facilities: oneOf(FACILITIES_221),
  images: IMAGE_221,
  energy_mix: ENERGY_MIX_221,
  help_phone: hidden,
} satisfies ShapeOf<Location>;

/** Leaves out connectors whose required values the version does not know, and EVSEs left without (MP-03, MP-15). */
export function keepConnectors(evses: Evse[], standards: readonly string[]): Evse[] {
  return evses
    .map((evse) => ({
      ...evse,
      connectors: evse.connectors.filter((connector) => standards.includes(connector.standard)),
    }))
    .filter((evse) => evse.connectors.length > 0);
}

function locationToWire(location: Location) {
  return project({ ...location, evses: keepConnectors(location.evses, CONNECTOR_TYPES_221) }, LOCATION_221);
}

export const location221: LocationAdapter = {
  toWire: locationToWire,
  withdrawnToWire: locationToWire,
  evseToWire: (evse) => {
    const [kept] = keepConnectors([evse], CONNECTOR_TYPES_221);
    return kept === undefined ? undefined : project(kept, EVSE_221);
  },
  connectorToWire: (connector) =>
    CONNECTOR_TYPES_221.some((standard) => standard === connector.standard)
      ? project(connector, CONNECTOR_221)
      : undefined,
};
