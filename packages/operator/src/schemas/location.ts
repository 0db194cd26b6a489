import { EVSE_STATUSES } from '@roambridge/domain';
import { z } from 'zod';
import {
  CAPABILITIES,
  CONNECTOR_CAPABILITIES,
  CONNECTOR_FORMATS,
  CONNECTOR_TYPES,
  FACILITIES,
  PARKING_RESTRICTIONS,
  PARKING_TYPES,
  POWER_TYPES,
} from './ocpi-enums.js';
import {
  additionalGeoLocation,
  businessDetails,
  energyMix,
  evseParking,
  hours,
  image,
  parkingPlace,
  publishTokenType,
  statusSchedule,
} from './place.js';
import { STATION_ID } from './station.js';
import {
  ciString,
  countryCode,
  displayText,
  geoLocation,
  lastUpdated,
  partyId,
  text,
  timeZone,
  webUrl,
} from './text.js';

const MAX_EVSES = 1000;
const MAX_CONNECTORS = 100;

const connector = z
  .object({
    id: ciString(36),
    standard: z.enum(CONNECTOR_TYPES),
    format: z.enum(CONNECTOR_FORMATS),
    power_type: z.enum(POWER_TYPES),
    max_voltage: z.int().positive().describe('V; line to neutral for AC_3_PHASE'),
    max_amperage: z.int().positive().describe('A'),
    max_electric_power: z.int().positive().exactOptional().describe('W'),
    tariff_ids: z.array(ciString(36)).exactOptional(),
    terms_and_conditions: webUrl.exactOptional(),
    capabilities: z.array(z.enum(CONNECTOR_CAPABILITIES)).exactOptional(),
    last_updated: lastUpdated,
    ocpp: z.object({ connector_id: z.int().positive() }).exactOptional(),
  })
  .meta({ id: 'Connector' });

const evse = z
  .object({
    uid: ciString(36),
    evse_id: ciString(48).exactOptional(),
    status: z
      .enum(EVSE_STATUSES)
      .default('UNKNOWN')
      .describe('Of a new EVSE until its charger reports; an EVSE that exists keeps the status that it has.'),
    status_schedule: z.array(statusSchedule).exactOptional(),
    capabilities: z.array(z.enum(CAPABILITIES)).exactOptional(),
    connectors: z.array(connector).min(1).max(MAX_CONNECTORS),
    floor_level: text(4).exactOptional(),
    coordinates: geoLocation.exactOptional(),
    physical_reference: text(16).exactOptional(),
    directions: z.array(displayText).exactOptional(),
    parking_restrictions: z.array(z.enum(PARKING_RESTRICTIONS)).exactOptional(),
    parking: z.array(evseParking).exactOptional(),
    images: z.array(image).exactOptional(),
    accepted_service_providers: z.array(text(50)).exactOptional(),
    last_updated: lastUpdated,
    ocpp: z
      .object({ station_id: z.string().regex(STATION_ID), evse_id: z.int().positive() })
      .exactOptional()
      .describe('The hardware behind the EVSE. OCPP 1.6: evse_id is the connectorId.'),
  })
  .meta({ id: 'Evse' });

const fields = z.object({
  country_code: countryCode,
  party_id: partyId,
  id: ciString(36),
  publish: z.boolean(),
  publish_allowed_to: z.array(publishTokenType).exactOptional(),
  name: text(255).exactOptional(),
  address: text(255),
  city: text(45),
  postal_code: text(10).exactOptional(),
  state: text(45).exactOptional(),
  country: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 3166-1 country of three letters, e.g. DEU'),
  coordinates: geoLocation,
  related_locations: z.array(additionalGeoLocation).exactOptional(),
  parking_type: z.enum(PARKING_TYPES).exactOptional(),
  evses: z.array(evse).max(MAX_EVSES).default([]),
  parking_places: z.array(parkingPlace).exactOptional(),
  directions: z.array(displayText).exactOptional(),
  operator: businessDetails.exactOptional(),
  suboperator: businessDetails.exactOptional(),
  owner: businessDetails.exactOptional(),
  facilities: z.array(z.enum(FACILITIES)).exactOptional(),
  time_zone: timeZone,
  opening_times: hours.exactOptional(),
  charging_when_closed: z.boolean().exactOptional(),
  images: z.array(image).exactOptional(),
  energy_mix: energyMix.exactOptional(),
  help_phone: ciString(25).exactOptional(),
  last_updated: lastUpdated,
});

type LocationFields = z.output<typeof fields>;
type Issues = z.core.$RefinementCtx<LocationFields>;

/** OCPI Location (2.3.0 superset) as an operator enters it, with `ocpp` members that tie EVSEs to hardware. */
export const locationInput = fields
  .superRefine((location, issues) => {
    checkPublication(location, issues);
    checkUniqueIds(location, issues);
    checkBindings(location, issues);
    checkParking(location, issues);
  })
  .meta({ id: 'Location' });

// OCPI LO-20
function checkPublication(location: LocationFields, issues: Issues): void {
  if (location.publish && (location.publish_allowed_to ?? []).length > 0) {
    issues.addIssue({
      code: 'custom',
      path: ['publish_allowed_to'],
      message: 'is only allowed with publish false',
    });
  }
}

// CiStrings are compared ignoring case (OCPI TY-001); connector ids are unique within their EVSE (LO-35).
function checkUniqueIds(location: LocationFields, issues: Issues): void {
  const uids = new Set<string>();
  for (const [at, { uid, connectors }] of location.evses.entries()) {
    if (uids.has(uid.toUpperCase())) {
      issues.addIssue({
        code: 'custom',
        path: ['evses', at, 'uid'],
        message: 'is used by another EVSE of the location',
      });
    }
    uids.add(uid.toUpperCase());
    const ids = new Set<string>();
    for (const [index, { id }] of connectors.entries()) {
      if (ids.has(id.toUpperCase())) {
        const path = ['evses', at, 'connectors', index, 'id'];
        issues.addIssue({ code: 'custom', path, message: 'is used by another connector of the EVSE' });
      }
      ids.add(id.toUpperCase());
    }
  }
}

function checkBindings(location: LocationFields, issues: Issues): void {
  const bound = new Set<string>();
  for (const [at, { ocpp, status }] of location.evses.entries()) {
    if (ocpp === undefined || status === 'REMOVED') continue;
    const key = `${ocpp.station_id.toUpperCase()} ${ocpp.evse_id}`;
    if (bound.has(key)) {
      const message = 'this EVSE of the station is already tied to another EVSE of the location';
      issues.addIssue({ code: 'custom', path: ['evses', at, 'ocpp'], message });
    }
    bound.add(key);
  }
}

// OCPI LO-50
function checkParking(location: LocationFields, issues: Issues): void {
  const known = new Set<string>();
  for (const [at, { id }] of (location.parking_places ?? []).entries()) {
    if (known.has(id.toUpperCase())) {
      const path = ['parking_places', at, 'id'];
      issues.addIssue({ code: 'custom', path, message: 'is used by another place of the location' });
    }
    known.add(id.toUpperCase());
  }
  for (const [at, { parking }] of location.evses.entries()) {
    for (const [index, { parking_id }] of (parking ?? []).entries()) {
      if (known.has(parking_id.toUpperCase())) continue;
      const path = ['evses', at, 'parking', index, 'parking_id'];
      issues.addIssue({ code: 'custom', path, message: 'is not among parking_places' });
    }
  }
}
