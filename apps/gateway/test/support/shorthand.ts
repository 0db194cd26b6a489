import {
  cdrLocation,
  cdrToken,
  type Form,
  type PartyName,
  STATIONS,
  TARIFF,
  type TokenName,
  vatOn,
} from './golden-fixture.js';
import type { Names } from './names.js';
import { type OcpiVersion, SPELLINGS, type Spelling } from './ocpi-spelling.js';
import { timeOf } from './vector.js';

/** For which run the shorthand of a vector is written out. */
export interface Run {
  form: Form;
  version: OcpiVersion;
  /** Where several runs share a gateway. */
  names?: Names;
}

/** A line that the version is not told of. */
export const NOT_TOLD = Symbol('not told');

/**
 * Writes the shorthand of a vector out for one run: {"$session":{…}}, {"$cdr":{…}}, {"$period":["10:00:00",{…}]},
 * {"$eur":1.5}, {"$token":"A"}, {"$cdr_location":"E-162"},
 * {"$time":"10:00:00"}, {"$by":{"2.1.1":…,"*":…}}. Everything else stays as it is.
 */
export function expand(value: unknown, run: Run): unknown {
  if (Array.isArray(value)) return value.map((item) => expand(item, run));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name?.startsWith('$')) {
    const macro = MACROS[name];
    if (!macro) throw new Error(`unknown shorthand ${name}`);
    return macro(argument, run, SPELLINGS[run.version]);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, expand(item, run)]));
}

const iso = (at: string) => new Date(timeOf(at)).toISOString().replace('.000', '');

const MACROS: Record<string, (argument: unknown, run: Run, spelling: Spelling) => unknown> = {
  $time: (argument) => iso(String(argument)),
  $eur: (argument, _run, spelling) => spelling.price(Number(argument), vatOn(Number(argument))),
  $cdr_location: (argument, run) => cdrLocation(run.form, String(argument)),
  $token: (argument) => cdrToken(...([argument].flat() as [TokenName, PartyName?])),
  $by(argument, run) {
    const values = argument as Record<string, unknown>;
    return expand(run.version in values ? values[run.version] : values['*'], run);
  },
  $period(argument, _run, spelling) {
    const [at, dimensions] = argument as [string, Record<string, number>];
    return spelling.period({
      start_date_time: iso(at),
      dimensions: Object.entries(dimensions).map(([type, volume]) => ({ type, volume })),
      tariff_id: TARIFF.id,
    });
  },
  $session: (argument, run, spelling) =>
    spelling.session(
      {
        country_code: 'NL',
        party_id: 'CPO',
        id: '$S1',
        cdr_token: cdrToken('A'),
        auth_method: 'WHITELIST',
        location_id: 'LOC-1',
        evse_uid: STATIONS[run.form].evse,
        connector_id: '1',
        currency: 'EUR',
        ...(expand(argument, run) as object),
      },
      run.form,
    ) ?? NOT_TOLD,
  $cdr: (argument, run, spelling) =>
    spelling.cdr(
      {
        country_code: 'NL',
        party_id: 'CPO',
        id: '$C1',
        session_id: '$S1',
        cdr_token: cdrToken('A'),
        auth_method: 'WHITELIST',
        cdr_location: cdrLocation(run.form),
        currency: 'EUR',
        tariffs: [spelling.tariff({ ...TARIFF, last_updated: '*' })],
        ...(expand(argument, run) as object),
      },
      run.form,
    ),
};
