import type { DisplayText, Json } from './common.js';

export const EVSE_STATUSES = [
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'PLANNED',
  'REMOVED',
  'RESERVED',
  'UNKNOWN',
] as const;

/** OCPI Status of an EVSE. */
export type EvseStatus = (typeof EVSE_STATUSES)[number];

export interface GeoLocation {
  latitude: string;
  longitude: string;
}

/** OCPI Connector (2.3.0 superset). `ocpp` never leaves the gateway. */
export interface Connector {
  id: string;
  standard: string;
  format: string;
  power_type: string;
  max_voltage: number;
  max_amperage: number;
  max_electric_power?: number;
  tariff_ids?: string[];
  terms_and_conditions?: string;
  capabilities?: string[];
  last_updated: string;
  ocpp?: { connector_id: number };
}

/** OCPI EVSE (2.3.0 superset). `ocpp` ties it to hardware and never leaves the gateway. */
export interface Evse {
  uid: string;
  evse_id?: string;
  status: EvseStatus;
  status_schedule?: Json[];
  capabilities?: string[];
  connectors: Connector[];
  floor_level?: string;
  coordinates?: GeoLocation;
  physical_reference?: string;
  directions?: DisplayText[];
  parking_restrictions?: string[];
  parking?: Json[];
  images?: Json[];
  accepted_service_providers?: string[];
  last_updated: string;
  /** OCPP 1.6: `evse_id` is the connectorId. `derived_capabilities`: nobody entered them (D1-005). */
  ocpp?: { station_id: string; evse_id: number; derived_capabilities?: true };
}

/** OCPI Location (2.3.0 superset); the shape in which operators enter it. */
export interface Location {
  country_code: string;
  party_id: string;
  id: string;
  publish: boolean;
  publish_allowed_to?: Json[];
  name?: string;
  address: string;
  city: string;
  postal_code?: string;
  state?: string;
  country: string;
  coordinates: GeoLocation;
  related_locations?: Json[];
  parking_type?: string;
  evses: Evse[];
  parking_places?: Json[];
  directions?: DisplayText[];
  operator?: Json;
  suboperator?: Json;
  owner?: Json;
  facilities?: string[];
  time_zone: string;
  opening_times?: Json;
  charging_when_closed?: boolean;
  images?: Json[];
  energy_mix?: Json;
  help_phone?: string;
  last_updated: string;
}
