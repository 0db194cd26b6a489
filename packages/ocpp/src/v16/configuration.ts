import type { ConfigurationValue, ReadConfiguration, SetAnswer } from '@roambridge/core';
import type { ConfigurationWire } from '../configurations.js';
import { MASK, namesSecret } from '../journal/mask.js';
import { isWireObject, type WireObject } from '../wire.js';

const ANSWERS: ReadonlyMap<unknown, SetAnswer> = new Map([
  ['Accepted', 'accepted'],
  ['RebootRequired', 'reboot-required'],
  ['NotSupported', 'not-supported'],
  ['Rejected', 'rejected'],
]);

/** GetConfiguration and ChangeConfiguration (B-024, B-025). */
export const configuration16: ConfigurationWire = {
  readCall: (keys) => ({ action: 'GetConfiguration', payload: { key: [...keys] } }),
  readAnswer,
  setCall: (key, value) => ({ action: 'ChangeConfiguration', payload: { key, value } }),
  setAnswer: ({ status }) => ANSWERS.get(status) ?? 'rejected',
  learned(action, request, answer) {
    if (action === 'GetConfiguration') {
      return { ...readAnswer(answer), whole: !Array.isArray(request.key) || request.key.length === 0 };
    }
    const { key, value } = request;
    if (action !== 'ChangeConfiguration' || typeof key !== 'string' || typeof value !== 'string') {
      return undefined;
    }
    // what was set is kept, what it was set to is not.
    const to = namesSecret(key) ? MASK : value;
    return {
      values: {},
      unknownKeys: [],
      whole: false,
      set: { key, to, answer: ANSWERS.get(answer.status) ?? 'rejected' },
    };
  },
};

function readAnswer({ configurationKey, unknownKey }: WireObject): ReadConfiguration {
  const values: Record<string, ConfigurationValue> = {};
  for (const entry of Array.isArray(configurationKey) ? configurationKey.filter(isWireObject) : []) {
    const { key, value, readonly } = entry;
    if (typeof key !== 'string') continue;
    const isTold = value !== undefined && value !== null && !namesSecret(key);
    values[key] = { readonly: readonly === true, ...(isTold ? { value: String(value) } : {}) };
  }
  const unknown = Array.isArray(unknownKey) ? unknownKey.filter((key) => typeof key === 'string') : [];
  return { values, unknownKeys: unknown };
}
