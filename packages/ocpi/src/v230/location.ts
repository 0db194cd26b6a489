import type { Connector, Evse, Location } from '@roambridge/domain';
import type { LocationAdapter } from '../versions/adapter.js';
import { instant, scalar } from '../wire/fields.js';
import { hidden, project, type ShapeOf } from '../wire/project.js';
import {
  ADDITIONAL_GEO_LOCATION,
  BUSINESS_DETAILS,
  DISPLAY_TEXT,
  ENERGY_MIX,
  GEO_LOCATION,
  HOURS,
  IMAGE,
  PARKING,
  PUBLISH_TOKEN,
  STATUS_SCHEDULE,
} from './shapes.js';

export const CONNECTOR_230 = {
  id: scalar,
  standard: scalar,
  format: scalar,
  power_type: scalar,
  max_voltage: scalar,
  max_amperage: scalar,
  max_electric_power: scalar,
  tariff_ids: scalar,
  terms_and_conditions: scalar,
  capabilities: scalar,
  last_updated: instant,
  ocpp: hidden,
} satisfies ShapeOf<Connector>;

export const EVSE_230 = {
  uid: scalar,
  evse_id: scalar,
  status: scalar,
  status_schedule: STATUS_SCHEDULE,
  capabilities: scalar,
  connectors: CONNECTOR_230,
  floor_level: scalar,
  coordinates: GEO_LOCATION,
  physical_reference: scalar,
  directions: DISPLAY_TEXT,
  parking_restrictions: scalar,
  parking: { parking_id: scalar, evse_position: scalar },
  images: IMAGE,
  accepted_service_providers: scalar,
  last_updated: instant,
  ocpp: hidden,
} satisfies ShapeOf<Evse>;

export const LOCATION_230 = {
  country_code: scalar,
  party_id: scalar,
  id: scalar,
  publish: scalar,
  publish_allowed_to: PUBLISH_TOKEN,
  name: scalar,
  address: scalar,
  city: scalar,
  postal_code: scalar,
  state: scalar,
  country: scalar,
  coordinates: GEO_LOCATION,
  related_locations: ADDITIONAL_GEO_LOCATION,
  parking_type: scalar,
  evses: EVSE_230,
  parking_places: PARKING,
  directions: DISPLAY_TEXT,
  operator: BUSINESS_DETAILS,
  suboperator: BUSINESS_DETAILS,
  owner: BUSINESS_DETAILS,
  facilities: scalar,
  time_zone: scalar,
  opening_times: HOURS,
  charging_when_closed: scalar,
  images: IMAGE,
  energy_mix: ENERGY_MIX,
  help_phone: scalar,
  last_updated: instant,
} satisfies ShapeOf<Location>;

export const location230: LocationAdapter = {
  toWire: (location) => project(location, LOCATION_230),
  withdrawnToWire: (location) => project(location, LOCATION_230),
  evseToWire: (evse) => project(evse, EVSE_230),
  connectorToWire: (connector) => project(connector, CONNECTOR_230),
};
