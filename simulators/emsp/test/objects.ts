import type { JsonObject } from '../src/index.js';

const AT = '2026-03-01T10:00:00Z';

const CONNECTOR = {
  id: '1',
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  max_voltage: 230,
  max_amperage: 32,
  tariff_ids: ['T1'],
  last_updated: AT,
};

export const LOCATION: JsonObject = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'LOC-1',
  publish: true,
  address: 'Hafenstrasse 1',
  city: 'Hamburg',
  country: 'DEU',
  coordinates: { latitude: '53.543210', longitude: '9.987650' },
  time_zone: 'Europe/Berlin',
  evses: [{ uid: 'E-1', status: 'AVAILABLE', connectors: [CONNECTOR], last_updated: AT }],
  last_updated: AT,
};

const CDR_TOKEN = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '04A1B2',
  type: 'RFID',
  contract_id: 'NL-MSP-1',
};

export const SESSION: JsonObject = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'S-1',
  start_date_time: AT,
  kwh: 0,
  cdr_token: CDR_TOKEN,
  auth_method: 'WHITELIST',
  location_id: 'LOC-1',
  evse_uid: 'E-1',
  connector_id: '1',
  currency: 'EUR',
  status: 'ACTIVE',
  last_updated: AT,
};

export const CDR: JsonObject = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'C-1',
  start_date_time: AT,
  end_date_time: '2026-03-01T11:00:00Z',
  session_id: 'S-1',
  cdr_token: CDR_TOKEN,
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'LOC-1',
    address: 'Hafenstrasse 1',
    city: 'Hamburg',
    country: 'DEU',
    coordinates: { latitude: '53.543210', longitude: '9.987650' },
    evse_uid: 'E-1',
    evse_id: 'DE*RBG*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  charging_periods: [
    {
      start_date_time: AT,
      dimensions: [
        { type: 'ENERGY', volume: 5 },
        { type: 'TIME', volume: 1 },
      ],
    },
  ],
  total_cost: { excl_vat: 1.5, incl_vat: 1.8 },
  total_energy: 5,
  total_energy_cost: { excl_vat: 1.5, incl_vat: 1.8 },
  total_time: 1,
  last_updated: '2026-03-01T11:01:00Z',
};
