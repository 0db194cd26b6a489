import { expect, test } from '@jest/globals';
import { createGatewayPolicyBook } from '../src/authorization/gateway-policy.js';

const settings = {
  allowedPolicy: 'local',
  rtaUnknown: 'hub',
  concurrentSessions: 'allow',
  localTokensFirst: true,
} as const;

test('what the operator changed counts at once, outlives a restart, and gives way to the settings again', async () => {
  const kept = new Map<string, string>();
  const store = {
    settings: {
      get: async (name: string) => kept.get(name),
      put: async (name: string, value: string) => void kept.set(name, value),
    },
  };
  const book = createGatewayPolicyBook(store, settings);
  await book.load();
  const { inForce } = book;
  expect({ ...inForce }).toEqual(settings);
  await book.put({ allowedPolicy: 'realtime', localTokensFirst: false });
  const changed = { ...settings, allowedPolicy: 'realtime', localTokensFirst: false };
  expect({ ...inForce }).toEqual(changed);
  const restarted = createGatewayPolicyBook(store, settings);
  await restarted.load();
  expect({ ...restarted.inForce }).toEqual(changed);
  expect(restarted.changed()).toEqual({ allowedPolicy: 'realtime', localTokensFirst: false });
  await restarted.put({});
  expect({ ...restarted.inForce }).toEqual(settings);
});
