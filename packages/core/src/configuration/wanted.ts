import type { Station } from '../model/station.js';
import type {
  ConfigurationValue,
  Expectation,
  WantedConfiguration,
  WantedValue,
} from '../model/station-configuration.js';

const REGISTER = 'Energy.Active.Import.Register';

/** B-060: what a charger needs to be billed well, and what it may have beyond that. */
export const BASELINE: WantedConfiguration = {
  MeterValueSampleInterval: { min: 60, max: 300, set: '60' },
  MeterValuesSampledData: { includes: [REGISTER], set: REGISTER },
  StopTxnSampledData: { includes: [REGISTER], set: REGISTER },
  StopTransactionOnInvalidId: 'true',
  ConnectionTimeOut: { min: 60, max: 120, set: '120' },
};

/** B-061: without these a charger with a billing meter loses its signed values. */
const SIGNED_READINGS: WantedConfiguration = {
  StopTxnSampledData: { includes: [REGISTER], set: REGISTER },
  SampledDataSignReadings: 'true',
};

/** Keys that only chargers with signed meter values have: one without them is not asked twice. */
export const OPTIONAL_KEYS: ReadonlySet<string> = new Set(['SampledDataSignReadings']);

/** The template that every gateway has. */
export const BASELINE_TEMPLATE = 'baseline';

/** What the operator wants of a station: its template, then its own keys; what its meters need comes first of all. */
export function wantedOf(
  station: Station,
  templates: ReadonlyMap<string, WantedConfiguration>,
): WantedConfiguration {
  const { configurationTemplate: name } = station;
  const template =
    name === undefined ? {} : (templates.get(name) ?? (name === BASELINE_TEMPLATE ? BASELINE : {}));
  return {
    ...(station.legalMetrology ? SIGNED_READINGS : {}),
    ...template,
    ...station.configuration,
  };
}

/** What is wanted of each key of a charger that told these values. */
export function expectations(
  wanted: WantedConfiguration,
  values: Readonly<Record<string, ConfigurationValue>>,
): Record<string, Expectation> {
  return Object.fromEntries(
    Object.entries(wanted).map(([key, wish]) => {
      const set = correction(wish, values[key]);
      return [key, { wanted: wish, ...(set === undefined ? {} : { set }) }];
    }),
  );
}

/** The value to set, or undefined where the present one will do (B-060: only when different). */
export function correction(wanted: WantedValue, present: ConfigurationValue | undefined): string | undefined {
  const value = present?.value;
  if (typeof wanted === 'string') return value !== undefined && same(value, wanted) ? undefined : wanted;
  if ('includes' in wanted) {
    const members = new Set(listOf(value ?? ''));
    return wanted.includes.every((member) => members.has(member.toLowerCase())) ? undefined : wanted.set;
  }
  const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
  return number >= wanted.min && number <= wanted.max ? undefined : wanted.set;
}

/** Chargers write truth values in any case and lists with blanks; the order of a list says nothing. */
function same(one: string, other: string): boolean {
  return listOf(one).sort().join() === listOf(other).sort().join();
}

function listOf(text: string): string[] {
  return text.split(',').map((member) => member.trim().toLowerCase());
}
