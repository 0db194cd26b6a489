import type { EpochMs } from '@roambridge/domain';

/** One configuration key of a charger. */
export interface ConfigurationValue {
  /** Absent = the charger has the key and no value for it, or does not tell it. */
  value?: string;
  readonly: boolean;
  /** When the charger told it, or took it. */
  at?: EpochMs;
}

/** How a charger answered when a key was set. */
export type SetAnswer = 'accepted' | 'reboot-required' | 'not-supported' | 'rejected' | 'no-answer';

/** What the gateway knows of a charger's configuration. */
export interface StationConfiguration {
  /** Firmware that it was read from; it is read again when that changes (B-050). */
  firmware: string;
  readAt: EpochMs;
  values: Record<string, ConfigurationValue>;
  /** Keys that it says it does not have. */
  unknownKeys: string[];
  /** What was set by the operator, or because it differed from what he wants, newest last (B-060). */
  set: { key: string; from?: string; to: string; answer: SetAnswer; at: EpochMs }[];
}

/** What an operator wants of a key, and whether the charger has something else; `set` is what would mend that. */
export interface Expectation {
  wanted: WantedValue;
  set?: string;
}

/**
 * What the operator wants of one key: a value, or whatever lies within limits with the value to set where it does not.
 */
export type WantedValue =
  | string
  /** A number from `min` to `max`, else `set`. */
  | { min: number; max: number; set: string }
  /** A comma-separated list that has at least these members, else `set`. */
  | { includes: string[]; set: string };

export type WantedConfiguration = Record<string, WantedValue>;
