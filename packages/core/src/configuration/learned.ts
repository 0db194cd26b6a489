import type { EpochMs } from '@roambridge/domain';
import type { ConfigurationValue, StationConfiguration } from '../model/station-configuration.js';
import type { LearnedConfiguration } from '../ports/configuration-link.js';

/** Changes that are remembered of each station. */
export const SET_KEPT = 50;
/** Keys that are kept of each station; a charger that tells more has made them up. */
const KEYS_MAX = 1_000;

type Values = Record<string, ConfigurationValue>;

/** Values with the time at which the charger told them. */
export function toldAt(values: Values, at: EpochMs): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { ...value, at }]));
}

/** The configuration of a charger after it told something more, or took a value. */
export function withLearned(
  before: StationConfiguration | undefined,
  told: LearnedConfiguration,
  firmware: string,
  now: EpochMs,
): StationConfiguration {
  const known = before?.values ?? {};
  const values = { ...(told.whole ? {} : known), ...toldAt(told.values, now) };
  const unknown = told.whole ? [] : (before?.unknownKeys ?? []);
  const configuration: StationConfiguration = {
    firmware: before?.firmware ?? firmware,
    readAt: told.whole || before === undefined ? now : before.readAt,
    values: Object.fromEntries(Object.entries(values).slice(0, KEYS_MAX)),
    unknownKeys: [...new Set([...unknown, ...told.unknownKeys])].filter((key) => values[key] === undefined),
    set: before?.set ?? [],
  };
  return told.set === undefined ? configuration : withSet(configuration, told.set, now);
}

function withSet(
  configuration: StationConfiguration,
  { key, to, answer }: NonNullable<LearnedConfiguration['set']>,
  now: EpochMs,
): StationConfiguration {
  const present = configuration.values[key];
  const taken = answer === 'accepted' || answer === 'reboot-required';
  const from = present?.value;
  const change = { key, ...(from === undefined ? {} : { from }), to, answer, at: now };
  return {
    ...configuration,
    values: taken
      ? { ...configuration.values, [key]: { value: to, readonly: present?.readonly ?? false, at: now } }
      : configuration.values,
    set: [...configuration.set, change].slice(-SET_KEPT),
  };
}
