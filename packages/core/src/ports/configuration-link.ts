import type { ConfigurationValue, SetAnswer } from '../model/station-configuration.js';

/** What a charger told about configuration keys. */
export interface ReadConfiguration {
  values: Record<string, ConfigurationValue>;
  unknownKeys: string[];
}

/** What the answer to a call of the operator tells: keys that were asked for, or the answer to one that was set. */
export interface LearnedConfiguration extends ReadConfiguration {
  /** The charger was asked for all its keys. */
  whole: boolean;
  set?: { key: string; to: string; answer: SetAnswer };
}

/** Configuration keys of stations whose protocol has them, as core sees them. Implemented by packages/ocpp. */
export interface ConfigurationLink {
  /** undefined = it did not answer, or its protocol has no such keys. */
  read(stationId: string, keys: readonly string[]): Promise<ReadConfiguration | undefined>;
  set(stationId: string, key: string, value: string): Promise<SetAnswer>;
}
