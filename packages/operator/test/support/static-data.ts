export const location = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'LOC1',
  publish: true,
  name: 'Hafen',
  address: 'Am Kai 1',
  city: 'Hamburg',
  postal_code: '20457',
  country: 'DEU',
  coordinates: { latitude: '53.54320', longitude: '9.99330' },
  time_zone: 'Europe/Berlin',
  opening_times: { twentyfourseven: true },
  evses: [
    {
      uid: 'EVSE-1',
      evse_id: 'DE*RBG*E1',
      capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE'],
      ocpp: { station_id: 'CP-1', evse_id: 1 },
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          tariff_ids: ['T1'],
          ocpp: { connector_id: 1 },
        },
      ],
    },
  ],
};

export const tariff = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, vat: 19, step_size: 1 }] }],
};

export const token = {
  country_code: 'NL',
  party_id: 'MSP',
  uid: '04AABBCC',
  type: 'RFID',
  contract_id: 'NL-MSP-C1',
  issuer: 'MSP',
  valid: true,
  whitelist: 'ALLOWED',
};
