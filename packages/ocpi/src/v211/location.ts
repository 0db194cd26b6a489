import type { Connector, Evse, Location } from '@roambridge/domain';
import { keepConnectors } from '../v221/location.js';
import { BUSINESS_DETAILS_221, IMAGE_221 } from '../v221/shapes.js';
import { EVSE_230, LOCATION_230 } from '../v230/location.js';
import type { LocationAdapter } from '../versions/adapter.js';
import {
  CAPABILITIES_211,
  CONNECTOR_TYPES_211,
  FACILITIES_211,
  PARKING_RESTRICTIONS_221,
} from '../wire/enums.js';
import { cut, oneOf, scalar, second } from '../wire/fields.js';
import { hidden, project, type Shape, type WireObject } from '../wire/project.js';
import {
  ADDITIONAL_GEO_LOCATION_211,
  ENERGY_MIX_211,
  GEO_LOCATION_211,
  hours211,
  STATUS_SCHEDULE_211,
} from './shapes.js';

/** The postal code of a site that has none; 2.1.1 requires one (LO-25, MP-01). */
const NO_POSTAL_CODE = '-';

const LOCATION_TYPES = new Map([
  ['ON_STREET', 'ON_STREET'],
  ['PARKING_GARAGE', 'PARKING_GARAGE'],
  ['UNDERGROUND_GARAGE', 'UNDERGROUND_GARAGE'],
  ['PARKING_LOT', 'PARKING_LOT'],
]);

const POWER_TYPES = new Map([
  ['AC_2_PHASE', 'AC_1_PHASE'],
  ['AC_2_PHASE_SPLIT', 'AC_1_PHASE'],
]);

const CONNECTOR_211 = {
  id: scalar,
  standard: scalar,
  format: scalar,
  power_type: scalar,
  voltage: scalar,
  amperage: scalar,
  tariff_id: scalar,
  terms_and_conditions: scalar,
  last_updated: second,
} satisfies Shape;

const EVSE_211 = {
  ...EVSE_230,
  status_schedule: STATUS_SCHEDULE_211,
  capabilities: oneOf(CAPABILITIES_211),
  images: IMAGE_221,
  connectors: CONNECTOR_211,
  coordinates: GEO_LOCATION_211,
  parking_restrictions: oneOf(PARKING_RESTRICTIONS_221),
  parking: hidden,
  accepted_service_providers: hidden,
  last_updated: second,
} satisfies Shape;

const LOCATION_211 = {
  ...LOCATION_230,
  country_code: hidden,
  party_id: hidden,
  publish: hidden,
  publish_allowed_to: hidden,
  state: hidden,
  parking_type: hidden,
  parking_places: hidden,
  help_phone: hidden,
  type: scalar,
  address: cut(45),
  coordinates: GEO_LOCATION_211,
  related_locations: ADDITIONAL_GEO_LOCATION_211,
  evses: EVSE_211,
  operator: BUSINESS_DETAILS_221,
  suboperator: BUSINESS_DETAILS_221,
  owner: BUSINESS_DETAILS_221,
  facilities: oneOf(FACILITIES_211),
  images: IMAGE_221,
  opening_times: hours211,
  energy_mix: ENERGY_MIX_211,
  last_updated: second,
} satisfies Shape;

/** Names and single values of 2.1.1 (LO-32, LO-33, MP-03). */
function connector211(connector: Connector): WireObject {
  const [tariffId] = connector.tariff_ids ?? [];
  return project(
    {
      ...connector,
      power_type: POWER_TYPES.get(connector.power_type) ?? connector.power_type,
      voltage: connector.max_voltage,
      amperage: connector.max_amperage,
      tariff_id: tariffId,
    },
    CONNECTOR_211,
  );
}

function evse211(evse: Evse): WireObject {
  return { ...project({ ...evse, connectors: [] }, EVSE_211), connectors: evse.connectors.map(connector211) };
}

/**
 * A Location as Sessions and CDRs embed it: also when it is not published. An EVSE that 2.1.1 cannot describe is
 * left out of it, so that the document itself still reaches the partner.
 */
export function embeddedLocation(location: Location): WireObject {
  return {
    ...project(
      {
        ...location,
        type: locationType(location.parking_type),
        postal_code: location.postal_code ?? NO_POSTAL_CODE,
        evses: [],
      },
      LOCATION_211,
    ),
    evses: keepConnectors(location.evses, CONNECTOR_TYPES_211).map(evse211),
  };
}

function locationType(parkingType: string | undefined): string {
  return parkingType === undefined ? 'UNKNOWN' : (LOCATION_TYPES.get(parkingType) ?? 'OTHER');
}

export const location211: LocationAdapter = {
  // 2.1.1 has no publish flag (LO-23).
  toWire: (location) => (location.publish ? embeddedLocation(location) : undefined),
  // A location whose EVSEs are all removed is over (LO-07, LO-23).
  withdrawnToWire: (location) =>
    embeddedLocation({
      ...location,
      evses: location.evses.map((evse) => ({ ...evse, status: 'REMOVED' })),
    }),
  evseToWire: (evse) => {
    const [kept] = keepConnectors([evse], CONNECTOR_TYPES_211);
    return kept === undefined ? undefined : evse211(kept);
  },
  connectorToWire: (connector) =>
    CONNECTOR_TYPES_211.some((standard) => standard === connector.standard)
      ? connector211(connector)
      : undefined,
};
