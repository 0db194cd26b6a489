import type { WireObject } from '../../src/wire/project.js';

/** How the samples must look on the wire, written out per version. */

const energyMix = {
  is_green_energy: true,
  energy_sources: [{ source: 'SOLAR', percentage: 100 }],
  environ_impact: [{ category: 'CARBON_DIOXIDE', amount: 0 }],
};

const tariff230: WireObject = {
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
  energy_mix: energyMix,
  last_updated: '2025-05-01T10:00:00Z',
};

const { tax_included: _taxIncluded, ...untaxed } = tariff230;

export const TARIFFS: Record<string, WireObject> = {
  '2.3.0': tariff230,
  '2.2.1': { ...untaxed, min_price: { excl_vat: 0.5, incl_vat: 0.6 } },
  '2.1.1': {
    id: 'T-1',
    currency: 'EUR',
    tariff_alt_text: [
      { language: 'de', text: '0,50 je kWh' },
      { language: 'en', text: 'A session costs at least 0.5 EUR excluding VAT.' },
    ],
    tariff_alt_url: 'https://rbg.example/tariffs/1',
    elements: [
      {
        price_components: [{ type: 'ENERGY', price: 0.5, step_size: 1 }],
        restrictions: { day_of_week: ['MONDAY'], max_kwh: 100 },
      },
    ],
    energy_mix: { ...energyMix, environ_impact: [{ source: 'CARBON_DIOXIDE', amount: 0 }] },
    last_updated: '2025-05-01T10:00:00Z',
  },
};

const connector221: WireObject = {
  id: '1',
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_2_PHASE',
  max_voltage: 230,
  max_amperage: 32,
  max_electric_power: 11000,
  tariff_ids: ['T-1', 'T-2'],
  last_updated: '2025-05-01T10:00:00Z',
};

const evse221: WireObject = {
  uid: 'E-1',
  evse_id: 'DE*RBG*E1',
  status: 'AVAILABLE',
  status_schedule: [{ period_begin: '2025-07-01T00:00:00.500Z', status: 'PLANNED' }],
  capabilities: ['RFID_READER', 'CHIP_CARD_SUPPORT'],
  connectors: [connector221],
  coordinates: { latitude: '50.93753', longitude: '6.96028' },
  parking_restrictions: ['EV_ONLY'],
  last_updated: '2025-05-01T10:00:00Z',
};

const location221: WireObject = {
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
  evses: [evse221],
  operator: { name: 'Roambridge' },
  facilities: ['HOTEL', 'BIKE_SHARING'],
  time_zone: 'Europe/Berlin',
  opening_times: {
    twentyfourseven: true,
    regular_hours: [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }],
  },
  last_updated: '2025-05-01T10:00:00Z',
};

export const LOCATIONS: Record<string, WireObject> = {
  '2.3.0': {
    ...location221,
    evses: [
      {
        ...evse221,
        capabilities: ['RFID_READER', 'CHIP_CARD_SUPPORT', 'HOVERCRAFT'],
        connectors: [
          { ...connector221, capabilities: ['ISO_15118_2_PLUG_AND_CHARGE'] },
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
        parking_restrictions: ['EV_ONLY', 'TAXIS'],
        parking: [{ parking_id: 'P-1', evse_position: 'LEFT' }],
        accepted_service_providers: ['MSP One'],
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
    facilities: ['HOTEL', 'BIKE_SHARING', 'SAUNA'],
    help_phone: '+49221000',
  },
  '2.2.1': location221,
  '2.1.1': {
    id: 'L-1',
    type: 'OTHER',
    name: 'Marktgarage',
    address: 'Alte Marktstrasse hinter dem Rathaus 123, Hof',
    city: 'Köln',
    postal_code: '-',
    country: 'DEU',
    coordinates: { latitude: '50.937530', longitude: '6.960279' },
    related_locations: [
      { latitude: '50.930000', longitude: '6.960000', name: { language: 'de', text: 'Tor' } },
    ],
    evses: [
      {
        uid: 'E-1',
        evse_id: 'DE*RBG*E1',
        status: 'AVAILABLE',
        status_schedule: [{ period_begin: '2025-07-01T00:00:00Z', status: 'PLANNED' }],
        capabilities: ['RFID_READER'],
        connectors: [
          {
            id: '1',
            standard: 'IEC_62196_T2',
            format: 'SOCKET',
            power_type: 'AC_1_PHASE',
            voltage: 230,
            amperage: 32,
            tariff_id: 'T-1',
            last_updated: '2025-05-01T10:00:00Z',
          },
        ],
        coordinates: { latitude: '50.937530', longitude: '6.960280' },
        parking_restrictions: ['EV_ONLY'],
        last_updated: '2025-05-01T10:00:00Z',
      },
    ],
    operator: { name: 'Roambridge' },
    facilities: ['HOTEL'],
    time_zone: 'Europe/Berlin',
    opening_times: { twentyfourseven: true },
    last_updated: '2025-05-01T10:00:00Z',
  },
};

const cdrToken = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '0123ABCD',
  type: 'RFID',
  contract_id: 'NL-MSP-C00001',
};

const session230: WireObject = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'S-1',
  start_date_time: '2025-06-01T10:00:00Z',
  kwh: 12.345,
  cdr_token: cdrToken,
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
        { type: 'ENERGY', volume: 12.345 },
        { type: 'STATE_OF_CHARGE', volume: 55 },
      ],
      tariff_id: 'T-1',
    },
    { start_date_time: '2025-06-01T10:30:00Z', dimensions: [{ type: 'POWER', volume: 7.4 }] },
  ],
  total_cost: { before_taxes: 6.17, taxes: [{ name: 'VAT', amount: 1.17 }] },
  status: 'ACTIVE',
  last_updated: '2025-06-01T11:00:00Z',
};

export const SESSIONS: Record<string, WireObject> = {
  '2.3.0': session230,
  '2.2.1': { ...session230, total_cost: { excl_vat: 6.17, incl_vat: 7.34 } },
  '2.1.1': {
    id: 'S-1',
    start_datetime: '2025-06-01T10:00:00Z',
    kwh: 12.345,
    auth_id: 'NL-MSP-C00001',
    auth_method: 'AUTH_REQUEST',
    location: LOCATIONS['2.1.1'] ?? {},
    meter_id: 'M-1',
    currency: 'EUR',
    charging_periods: [
      { start_date_time: '2025-06-01T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 12.345 }] },
    ],
    total_cost: 6.17,
    status: 'ACTIVE',
    last_updated: '2025-06-01T11:00:00Z',
  },
};

const cdr230: WireObject = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'C-1',
  start_date_time: '2025-06-01T10:00:00Z',
  end_date_time: '2025-06-01T12:00:00Z',
  session_id: 'S-1',
  cdr_token: cdrToken,
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'L-1',
    name: 'Marktgarage',
    address: 'Alte Marktstrasse hinter dem Rathaus 123, Hof',
    city: 'Köln',
    state: 'Nordrhein-Westfalen ',
    country: 'DEU',
    coordinates: { latitude: '50.93753', longitude: '6.9602786' },
    evse_uid: 'E-1',
    evse_id: 'DE*RBG*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_2_PHASE',
  },
  currency: 'EUR',
  tariffs: [tariff230],
  charging_periods: [
    {
      start_date_time: '2025-06-01T10:00:00Z',
      dimensions: [
        { type: 'ENERGY', volume: 20.5 },
        { type: 'TIME', volume: 1.5 },
        { type: 'MAX_POWER', volume: 11 },
      ],
      tariff_id: 'T-1',
    },
    {
      start_date_time: '2025-06-01T11:30:00Z',
      dimensions: [{ type: 'PARKING_TIME', volume: 0.5 }],
      tariff_id: 'T-1',
    },
  ],
  total_cost: { before_taxes: 10.25, taxes: [{ name: 'VAT', percentage: 19, amount: 1.95 }] },
  total_energy: 20.5,
  total_energy_cost: { before_taxes: 10.25, taxes: [{ name: 'VAT', amount: 1.95 }] },
  total_time: 2,
  total_parking_time: 0.5,
  last_updated: '2025-06-01T12:01:00Z',
};

export const CDRS: Record<string, WireObject> = {
  '2.3.0': cdr230,
  '2.2.1': {
    ...cdr230,
    tariffs: [TARIFFS['2.2.1'] ?? {}],
    total_cost: { excl_vat: 10.25, incl_vat: 12.2 },
    total_energy_cost: { excl_vat: 10.25, incl_vat: 12.2 },
  },
  '2.1.1': {
    id: 'C-1',
    start_date_time: '2025-06-01T10:00:00Z',
    stop_date_time: '2025-06-01T12:00:00Z',
    auth_id: 'NL-MSP-C00001',
    auth_method: 'WHITELIST',
    location: LOCATIONS['2.1.1'] ?? {},
    currency: 'EUR',
    tariffs: [TARIFFS['2.1.1'] ?? {}],
    charging_periods: [
      {
        start_date_time: '2025-06-01T10:00:00Z',
        dimensions: [
          { type: 'ENERGY', volume: 20.5 },
          { type: 'TIME', volume: 1.5 },
        ],
      },
      { start_date_time: '2025-06-01T11:30:00Z', dimensions: [{ type: 'PARKING_TIME', volume: 0.5 }] },
    ],
    total_cost: 10.25,
    total_energy: 20.5,
    total_time: 2,
    total_parking_time: 0.5,
    last_updated: '2025-06-01T12:01:00Z',
  },
};
