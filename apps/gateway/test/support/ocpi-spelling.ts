import type { OcpiVersion } from '@roambridge/sim-emsp';
import { connector, evseOf, type Form, LOCATION, TARIFF, VAT_PERCENT } from './golden-fixture.js';

export type { OcpiVersion };

type Members = Record<string, unknown>;

/**
 * Where OCPI itself spells things otherwise. Vectors are written as a 2.2.1 partner sees them; each version rewrites
 * that. Taken from the specifications of the versions, not from the gateway.
 */
export interface Spelling {
  price(exclVat: number, inclVat: number): unknown;
  period(period: Members): Members;
  tariff(tariff: Members): Members;
  /** undefined = this version is not told. */
  session(session: Members, form: Form): Members | undefined;
  cdr(cdr: Members, form: Form): Members;
  /** Body of a command, and the answer to it. */
  command(body: Members): Members;
  commandAnswer(answer: Members): Members;
  commandResult(result: Members): Members;
}

const same = (value: Members) => value;

function without(value: Members, ...names: string[]): Members {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Members under other names, where they are present. */
function renamed(value: Members, names: Record<string, string>): Members {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [names[name] ?? name, member]));
}

const SPELLING_221: Spelling = {
  price: (excl_vat, incl_vat) => ({ excl_vat, incl_vat }),
  period: same,
  tariff: (tariff) => without(tariff, 'tax_included'),
  session: same,
  cdr: same,
  command: same,
  commandAnswer: same,
  commandResult: same,
};

const SPELLING_230: Spelling = {
  ...SPELLING_221,
  price: (before_taxes, inclVat) => ({
    before_taxes,
    taxes: [
      {
        name: 'VAT',
        percentage: VAT_PERCENT,
        amount: Math.round((inclVat - before_taxes) * 10_000) / 10_000,
      },
    ],
  }),
  tariff: same,
};

/** 2.1.1 does not know COMMAND. */
const AUTH_METHODS_211: Record<string, string> = { COMMAND: 'AUTH_REQUEST' };
const DIMENSIONS_211 = ['ENERGY', 'FLAT', 'MAX_CURRENT', 'MIN_CURRENT', 'PARKING_TIME', 'TIME'];
/** 2.1.1 has one list for the answer to a command and for its result. */
const COMMAND_RESULTS_211 = ['ACCEPTED', 'NOT_SUPPORTED', 'REJECTED', 'TIMEOUT', 'UNKNOWN_SESSION'];

function owner211(value: Members): Members {
  const { cdr_token, auth_method, ...rest } = value;
  return {
    ...without(rest, 'country_code', 'party_id', 'authorization_reference'),
    auth_id: (cdr_token as Members).contract_id,
    auth_method: AUTH_METHODS_211[String(auth_method)] ?? auth_method,
  };
}

const SPELLING_211: Spelling = {
  price: (exclVat) => exclVat,
  period: (period) => ({
    ...without(period, 'tariff_id'),
    dimensions: (period.dimensions as Members[]).filter(({ type }) => DIMENSIONS_211.includes(String(type))),
  }),
  tariff: ({ elements, ...tariff }) => ({
    ...without(tariff, 'country_code', 'party_id', 'tax_included'),
    elements: (elements as Members[]).map((element) => ({
      ...element,
      price_components: (element.price_components as Members[]).map((part) => without(part, 'vat')),
    })),
  }),
  session(session, form) {
    if (session.status === 'RESERVATION') return undefined;
    const { location_id: _, evse_uid, connector_id, ...rest } = owner211(session);
    return {
      charging_periods: [],
      ...renamed(rest, { start_date_time: 'start_datetime', end_date_time: 'end_datetime' }),
      location: location211(String(evse_uid), String(connector_id), form),
    };
  },
  cdr(cdr, form) {
    const { cdr_location, ...rest } = owner211(cdr);
    const { evse_uid, connector_id } = cdr_location as Members;
    const costs = Object.keys(rest).filter((name) => /^total_.+_cost$/.test(name));
    return {
      ...renamed(without(rest, 'session_id', 'signed_data', ...costs), { end_date_time: 'stop_date_time' }),
      location: location211(String(evse_uid), String(connector_id), form),
    };
  },
  // The connector is named where it is to be unlocked only.
  command: (body) =>
    without(body, 'authorization_reference', ...(body.token === undefined ? [] : ['connector_id'])),
  commandAnswer: (answer) => without(answer, 'timeout', 'message'),
  commandResult: ({ result }) => ({
    result: COMMAND_RESULTS_211.includes(String(result)) ? result : 'REJECTED',
  }),
};

/** The Location that 2.1.1 embeds: one EVSE and one connector, with names of its own. */
function location211(evseUid: string, connectorId: string, form: Form): Members {
  const evse = evseOf(evseUid, form);
  const used = connector(connectorId);
  return {
    ...without(LOCATION, 'country_code', 'party_id', 'publish'),
    coordinates: {
      latitude: sixDecimals(LOCATION.coordinates.latitude),
      longitude: sixDecimals(LOCATION.coordinates.longitude),
    },
    type: 'UNKNOWN',
    last_updated: '*',
    evses: [
      {
        ...without(evse, 'ocpp'),
        status: '*',
        last_updated: '*',
        connectors: [
          {
            ...without(used, 'max_voltage', 'max_amperage', 'tariff_ids'),
            voltage: used.max_voltage,
            amperage: used.max_amperage,
            tariff_id: TARIFF.id,
            last_updated: '*',
          },
        ],
      },
    ],
  };
}

/** 2.1.1 wants exactly so many. */
function sixDecimals(degrees: string): string {
  return Number(degrees).toFixed(6);
}

export const SPELLINGS = {
  '2.1.1': SPELLING_211,
  '2.2.1': SPELLING_221,
  '2.3.0': SPELLING_230,
} satisfies Record<OcpiVersion, Spelling>;

export const OCPI_VERSIONS = Object.keys(SPELLINGS) as OcpiVersion[];
