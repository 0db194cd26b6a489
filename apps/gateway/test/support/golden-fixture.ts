/** Master data of the golden scenarios: one location, two stations, one tariff, the tokens A to L. */

export const DAY = '2026-03-01';

export const VAT_PERCENT = 20;

export const TARIFF = {
  country_code: 'NL',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  elements: [
    {
      price_components: [
        { type: 'ENERGY', price: 0.3, vat: VAT_PERCENT, step_size: 1 },
        { type: 'PARKING_TIME', price: 3, vat: VAT_PERCENT, step_size: 1 },
      ],
    },
  ],
  tax_included: 'NO',
  last_updated: '2026-01-01T00:00:00Z',
};

export function connector(id: string, ocppConnector?: number) {
  return {
    id,
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    power_type: 'AC_3_PHASE',
    max_voltage: 230,
    max_amperage: 32,
    tariff_ids: ['T1'],
    last_updated: '2026-01-01T00:00:00Z',
    ...(ocppConnector === undefined ? {} : { ocpp: { connector_id: ocppConnector } }),
  };
}

function evse(uid: string, station_id: string, evse_id: number, connectors: unknown[]) {
  return {
    uid,
    evse_id: `NL*CPO*${uid.replace('-', '')}`,
    status: 'UNKNOWN',
    capabilities: [
      'CHARGING_PROFILE_CAPABLE',
      'REMOTE_START_STOP_CAPABLE',
      'RESERVABLE',
      'RFID_READER',
      'UNLOCK_CAPABLE',
    ],
    connectors,
    last_updated: '2026-01-01T00:00:00Z',
    ocpp: { station_id, evse_id },
  };
}

export const LOCATION = {
  country_code: 'NL',
  party_id: 'CPO',
  id: 'LOC-1',
  publish: true,
  name: 'Golden Square',
  address: 'Damrak 1',
  city: 'Amsterdam',
  postal_code: '1012LG',
  country: 'NLD',
  coordinates: { latitude: '52.37634', longitude: '4.90021' },
  time_zone: 'Europe/Amsterdam',
  evses: [
    evse('E-161', 'CS-16', 1, [connector('1')]),
    evse('E-162', 'CS-16', 2, [connector('1')]),
    evse('E-201', 'CS-201', 1, [connector('1', 1), connector('2', 2)]),
    evse('E-202', 'CS-201', 2, [connector('1', 1)]),
  ],
  last_updated: '2026-01-01T00:00:00Z',
};

export const STATIONS = {
  '1.6': { id: 'CS-16', protocol: 'ocpp1.6', evse: 'E-161', password: 'golden-password-16' },
  '2.0.1': { id: 'CS-201', protocol: 'ocpp2.0.1', evse: 'E-201', password: 'golden-password-201' },
  // The same station after an update of its firmware.
  '2.1': { id: 'CS-201', protocol: 'ocpp2.1', evse: 'E-201', password: 'golden-password-201' },
} as const;

export type Form = keyof typeof STATIONS;

export const FORMS = Object.keys(STATIONS) as Form[];

const RFID = (uid: string, whitelist: string, more: object = {}) => ({
  uid,
  type: 'RFID',
  whitelist,
  last_updated: '2026-02-01T00:00:00Z',
  ...more,
});

/** Tokens of the scenarios by letter; L is only used in commands. */
export const TOKENS = {
  A: RFID('04A1B2C3D4E5F6', 'ALLOWED', { contract_id: 'DE-MSP-C12345678-9' }),
  B: RFID('B0B0B0B0', 'NEVER'),
  C: RFID('CACACACA', 'ALWAYS'),
  D: RFID('D0D0D0D0', 'ALLOWED_OFFLINE'),
  E: RFID('EEEE0001', 'ALLOWED', { valid: false }),
  G1: RFID('61616161', 'ALLOWED', { group_id: 'GRP1' }),
  G2: RFID('62626262', 'ALLOWED', { group_id: 'GRP1' }),
  L: {
    uid: '7e0f5a0c-3c1b-4a2f-9b7e-0a1b2c3d4e5f',
    type: 'APP_USER',
    contract_id: 'DE-MSP-C00000012-3',
    whitelist: 'NEVER',
    last_updated: '2026-02-01T00:00:00Z',
  },
} as const;

export type TokenName = keyof typeof TOKENS;

function contractOf(name: TokenName): string {
  const token = TOKENS[name];
  return 'contract_id' in token ? String(token.contract_id) : `DE-MSP-${token.uid}`;
}

export const PARTNERS = {
  DE: { country_code: 'DE', party_id: 'MSP', name: 'Golden Mobility' },
  FR: { country_code: 'FR', party_id: 'EMP', name: 'Second Mobility' },
} as const;

export type PartyName = keyof typeof PARTNERS;

export function cdrToken(name: TokenName, party: PartyName = 'DE') {
  const { country_code, party_id } = PARTNERS[party];
  const { uid, type } = TOKENS[name];
  return { country_code, party_id, uid, type, contract_id: contractOf(name) };
}

/** A price with its VAT, rounded half up to cents; the amounts of the scenarios are exact in tenths of a cent. */
export function vatOn(exclVat: number): number {
  return Math.round(exclVat * (100 + VAT_PERCENT)) / 100;
}

export function evseOf(uid: string, form: Form) {
  const found = LOCATION.evses.find((evse) => evse.uid === uid);
  if (!found) throw new Error(`OCPP ${form}: there is no EVSE ${uid}`);
  return found;
}

export function cdrLocation(form: Form, evseUid: string = STATIONS[form].evse) {
  const evse = evseOf(evseUid, form);
  const [used] = evse.connectors as ReturnType<typeof connector>[];
  return {
    id: LOCATION.id,
    name: LOCATION.name,
    address: LOCATION.address,
    city: LOCATION.city,
    postal_code: LOCATION.postal_code,
    country: LOCATION.country,
    coordinates: LOCATION.coordinates,
    evse_uid: evse.uid,
    evse_id: evse.evse_id,
    connector_id: used!.id,
    connector_standard: used!.standard,
    connector_format: used!.format,
    connector_power_type: used!.power_type,
  };
}
