import {
  cdrLocation,
  cdrToken,
  DAY,
  euro,
  type Form,
  STATIONS,
  TARIFF,
  type TokenName,
  tariffOnTheWire,
} from './golden-fixture.js';

/** One line of a scenario: what happens at a time of day, or what must have happened. */
export type Step = { at: string } & (
  | { send: [action: string, payload: unknown]; answer: unknown; id?: string }
  | { call: [action: string, payload: unknown]; reply: unknown }
  | { command: [name: string, body: Record<string, unknown>]; answer: unknown }
  | { expect: [method: string, path: string, body: unknown] }
  | { socket: 'close' | 'open' }
  | { token: [uid: string, members: Record<string, unknown>] }
);

export interface Vector {
  id: string;
  title: string;
  /** `unknown`: the stations never reported before; default: accepted, all connectors available. */
  start?: 'unknown';
  forms: Partial<Record<Form, Step[]>>;
}

export function timeOf(clock: string): number {
  return Date.parse(`${DAY}T${clock}Z`);
}

const iso = (clock: string) => `${DAY}T${clock}Z`;

/**
 * Writes the shorthand of a vector out for one form: {"$session":{…}}, {"$cdr":{…}}, {"$period":["10:00:00",{…}]},
 * {"$eur":1.5}, {"$token":"A"}, {"$time":"10:00:00"}. Everything else stays as it is.
 */
export function expand(value: unknown, form: Form): unknown {
  if (Array.isArray(value)) return value.map((item) => expand(item, form));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name?.startsWith('$')) return macro(name, argument, form);
  return Object.fromEntries(entries.map(([key, item]) => [key, expand(item, form)]));
}

function macro(name: string, argument: unknown, form: Form): unknown {
  switch (name) {
    case '$time':
      return iso(String(argument));
    case '$eur':
      return euro(Number(argument));
    case '$token':
      return cdrToken(argument as TokenName);
    case '$period': {
      const [at, dimensions] = argument as [string, Record<string, number>];
      return {
        start_date_time: iso(at),
        dimensions: Object.entries(dimensions).map(([type, volume]) => ({ type, volume })),
        tariff_id: TARIFF.id,
      };
    }
    case '$session':
      return {
        country_code: 'NL',
        party_id: 'CPO',
        id: '$S1',
        cdr_token: cdrToken('A'),
        auth_method: 'WHITELIST',
        location_id: 'LOC-1',
        evse_uid: STATIONS[form].evse,
        connector_id: '1',
        currency: 'EUR',
        ...(expand(argument, form) as object),
      };
    case '$cdr':
      return {
        country_code: 'NL',
        party_id: 'CPO',
        id: '$C1',
        session_id: '$S1',
        cdr_token: cdrToken('A'),
        auth_method: 'WHITELIST',
        cdr_location: cdrLocation(form),
        currency: 'EUR',
        tariffs: [tariffOnTheWire()],
        ...(expand(argument, form) as object),
      };
    default:
      throw new Error(`unknown shorthand ${name}`);
  }
}
