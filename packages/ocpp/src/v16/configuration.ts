import type { ConfigurationValue, SetAnswer } from '@roambridge/core';
import type { ConfigurationWire } from '../configurations.js';
import { isWireObject } from '../wire.js';

const ANSWERS: ReadonlyMap<unknown, SetAnswer> = new Map([
  ['Accepted', 'accepted'],
  ['RebootRequired', 'reboot-required'],
  ['NotSupported', 'not-supported'],
  ['Rejected', 'rejected'],
]);

/** GetConfiguration and ChangeConfiguration (B-024, B-025). */
export const configuration16: ConfigurationWire = {
  readCall: (keys) => ({ action: 'GetConfiguration', payload: { key: [...keys] } }),
  readAnswer({ configurationKey, unknownKey }) {
    const values: Record<string, ConfigurationValue> = {};
    for (const entry of Array.isArray(configurationKey) ? configurationKey.filter(isWireObject) : []) {
      const { key, value, readonly } = entry;
      if (typeof key !== 'string') continue;
      values[key] = {
        readonly: readonly === true,
        ...(value === undefined || value === null ? {} : { value: String(value) }),
      };
    }
    const unknown = Array.isArray(unknownKey) ? unknownKey.filter((key) => typeof key === 'string') : [];
    return { values, unknownKeys: unknown };
  },
  setCall: (key, value) => ({ action: 'ChangeConfiguration', payload: { key, value } }),
  setAnswer: ({ status }) => ANSWERS.get(status) ?? 'rejected',
};
