import type { Partner } from '@roambridge/core';
import type { Cdr, CdrToken, Location, Session, Tariff, Token } from '@roambridge/domain';

export const NOW = Date.parse('2025-06-01T12:00:00Z');

export const TARIFF: Tariff = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'T-1',
  currency: 'EUR',
  type: 'REGULAR',
  tariff_alt_text: [{ language: 'de', text: '0,50 je kWh' }],
  tariff_alt_url: 'https://rbg.example/tariffs/1',
  min_price: { before_taxes: 0.5, after_taxes: 0.6 },
  elements: [
    {
      price_components: [{ type: 'ENERGY', price: 0.5, vat: 19, step_size: 1 }],
      restrictions: { day_of_week: ['MONDAY'], max_kwh: 100 },
    },
    {
      price_components: [{ type: 'TIME', price: 2, vat: 19, step_size: 60 }],
      restrictions: { reservation: 'RESERVATION' },
    },
  ],
  tax_included: 'NO',
  start_date_time: '2025-01-01T00:00:00Z',
  energy_mix: {
    is_green_energy: true,
    energy_sources: [{ source: 'SOLAR', percentage: 100 }],
    environ_impact: [{ category: 'CARBON_DIOXIDE', amount: 0 }],
    secret: 'internal',
  },
  last_updated: '2025-05-01T10:00:00Z',
};

export const LOCATION: Location = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'L-1',
  publish: true,
  name: 'Marktgarage',
  address: 'Alte Marktstrasse hinter dem Rathaus 123, Hof Nord',
  city: 'Köln',
  state: 'Nordrhein-Westfalen und mehr',
  country: 'DEU',
  coordinates: { latitude: '50.93753', longitude: '6.9602786' },
  related_locations: [{ latitude: '50.93000', longitude: '6.96000', name: { language: 'de', text: 'Tor' } }],
  parking_type: 'ALONG_MOTORWAY',
  evses: [
    {
      uid: 'E-1',
      evse_id: 'DE*RBG*E1',
      status: 'AVAILABLE',
      status_schedule: [{ period_begin: '2025-07-01T00:00:00.500Z', status: 'PLANNED' }],
      capabilities: ['RFID_READER', 'CHIP_CARD_SUPPORT', 'HOVERCRAFT'],
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_2_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          max_electric_power: 11000,
          tariff_ids: ['T-1', 'T-2'],
          capabilities: ['ISO_15118_2_PLUG_AND_CHARGE'],
          last_updated: '2025-05-01T10:00:00Z',
          ocpp: { connector_id: 1 },
        },
        {
          id: '2',
          standard: 'MCS',
          format: 'CABLE',
          power_type: 'DC',
          max_voltage: 1000,
          max_amperage: 3000,
          last_updated: '2025-05-01T10:00:00Z',
        },
      ],
      coordinates: { latitude: '50.93753', longitude: '6.96028' },
      parking_restrictions: ['EV_ONLY', 'TAXIS'],
      parking: [{ parking_id: 'P-1', evse_position: 'LEFT' }],
      accepted_service_providers: ['MSP One'],
      last_updated: '2025-05-01T10:00:00Z',
      ocpp: { station_id: 'CP-SECRET', evse_id: 1 },
    },
  ],
  parking_places: [
    {
      id: 'P-1',
      vehicle_types: ['TRUCK_WITH_TRAILER'],
      restricted_to_type: false,
      reservation_required: false,
    },
  ],
  operator: { name: 'Roambridge', internal_note: 'never' },
  facilities: ['HOTEL', 'BIKE_SHARING', 'SAUNA'],
  time_zone: 'Europe/Berlin',
  opening_times: {
    twentyfourseven: true,
    regular_hours: [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }],
  },
  help_phone: '+49221000',
  last_updated: '2025-05-01T10:00:00.000Z',
};

export const CDR_TOKEN: CdrToken = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '0123ABCD',
  type: 'RFID',
  contract_id: 'NL-MSP-C00001',
};

/** The location as a session keeps it: the EVSE and the connector in use. */
export const NARROWED: Location = {
  ...LOCATION,
  evses: LOCATION.evses.map((evse) => ({ ...evse, connectors: evse.connectors.slice(0, 1) })),
};

export const SESSION: Session = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'S-1',
  start_date_time: '2025-06-01T10:00:00Z',
  kwh: '12.345',
  cdr_token: CDR_TOKEN,
  auth_method: 'COMMAND',
  authorization_reference: 'REF-1',
  location_id: 'L-1',
  evse_uid: 'E-1',
  connector_id: '1',
  meter_id: 'M-1',
  currency: 'EUR',
  charging_periods: [
    {
      start_date_time: '2025-06-01T10:00:00Z',
      dimensions: [
        { type: 'ENERGY', volume: '12.345' },
        { type: 'STATE_OF_CHARGE', volume: '55' },
      ],
      tariff_id: 'T-1',
    },
    { start_date_time: '2025-06-01T10:30:00Z', dimensions: [{ type: 'POWER', volume: '7.4' }] },
  ],
  total_cost: { excl_vat: '6.17', incl_vat: '7.34' },
  status: 'ACTIVE',
  last_updated: '2025-06-01T11:00:00Z',
};

export const CDR: Cdr = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'C-1',
  start_date_time: '2025-06-01T10:00:00Z',
  end_date_time: '2025-06-01T12:00:00Z',
  session_id: 'S-1',
  cdr_token: CDR_TOKEN,
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'L-1',
    name: 'Marktgarage',
    address: LOCATION.address,
    city: 'Köln',
    state: 'Nordrhein-Westfalen und mehr',
    country: 'DEU',
    coordinates: LOCATION.coordinates,
    evse_uid: 'E-1',
    evse_id: 'DE*RBG*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_2_PHASE',
  },
  currency: 'EUR',
  tariffs: [TARIFF],
  charging_periods: [
    {
      start_date_time: '2025-06-01T10:00:00Z',
      dimensions: [
        { type: 'ENERGY', volume: '20.5' },
        { type: 'TIME', volume: '1.5' },
        { type: 'POWER', volume: '11' },
        { type: 'MAX_POWER', volume: '11' },
      ],
      tariff_id: 'T-1',
    },
    {
      start_date_time: '2025-06-01T11:30:00Z',
      dimensions: [{ type: 'PARKING_TIME', volume: '0.5' }],
      tariff_id: 'T-1',
    },
  ],
  total_cost: {
    excl_vat: '10.25',
    incl_vat: '12.20',
    taxes: [{ name: 'VAT', percentage: 19, amount: '1.95' }],
  },
  total_energy: '20.5',
  total_energy_cost: { excl_vat: '10.25', incl_vat: '12.20' },
  total_time: '2',
  total_parking_time: '0.5',
  last_updated: '2025-06-01T12:01:00Z',
};

export const TOKEN: Token = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '0123ABCD',
  type: 'RFID',
  contract_id: 'NL-MSP-C00001',
  issuer: 'MSP One',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2025-05-01T10:00:00Z',
};

export function partner(version: string, changes: Partial<Partner> = {}): Partner {
  return {
    id: `partner-${version}`,
    name: 'MSP One',
    status: 'registered',
    version,
    roles: [{ role: 'EMSP', country_code: 'NL', party_id: 'MSP', name: 'MSP One' }],
    endpoints: [],
    inboundToken: `token-c-${version}`,
    outboundToken: `token-b-${version}`,
    tokenEncoding: version === '2.1.1' ? 'raw' : 'base64',
    createdAt: NOW,
    ...changes,
  };
}
