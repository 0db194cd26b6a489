import { expect, test } from '@jest/globals';
import { createAccess } from '../src/access/access.js';
import { createSecrets } from '../src/index.js';

const secrets = createSecrets(Buffer.alloc(32, 3));
let now = 1_000_000;
const clock = { now: () => now, after: () => () => {} };
/** What stays when the gateway restarts. */
const settings = new Map<string, string>();
const store = {
  settings: {
    get: async (name: string) => settings.get(name),
    put: async (name: string, value: string) => void settings.set(name, value),
  },
};
const newAccess = () => createAccess({ secrets, clock, store, administratorHash: secrets.hash('the-token') });

test('a sign-in code works once and not after its time', () => {
  const access = newAccess();
  const code = access.createSignInCode('field');
  expect(access.redeemSignInCode(code)?.principal.role).toBe('field');
  expect(access.redeemSignInCode(code)).toBeUndefined();
  const late = access.createSignInCode('field');
  now += 16 * 60_000;
  expect(access.redeemSignInCode(late)).toBeUndefined();
});

test('a console session outlives a restart of the gateway, but not its day', () => {
  const access = newAccess();
  const session = access.redeemSignInCode(access.createSignInCode('viewer'));
  expect(newAccess().authenticate(session!.token)?.role).toBe('viewer');
  now += 8 * 3_600_000;
  expect(newAccess().authenticate(session!.token)).toBeUndefined();
});

test('a session cannot be made or changed without the key', () => {
  const access = newAccess();
  const session = access.redeemSignInCode(access.createSignInCode('viewer'));
  expect(access.authenticate(session!.token.replace('viewer', 'admin'))).toBeUndefined();
  expect(access.authenticate(`admin.${now + 1000}.x.y`)).toBeUndefined();
  expect(access.authenticate('admin')).toBeUndefined();
  expect(access.authenticate('')).toBeUndefined();
  expect(access.authenticate('the-token')).toEqual({ role: 'admin', name: 'operator token' });
});

test('a session is known by who its link was made for, and one session can be told from another', () => {
  const access = newAccess();
  const sessionOf = () => access.redeemSignInCode(access.createSignInCode('field', 'Zoë. Müller'));
  const [first, second] = [sessionOf(), sessionOf()];
  expect(first!.principal.name).toMatch(/^Zoë\. Müller, session .{6}$/);
  expect(newAccess().authenticate(first!.token)).toEqual(first!.principal);
  expect(second!.principal.name).not.toBe(first!.principal.name);
});

test('a session that was signed out of is over, also after a restart, and no other one is', async () => {
  const access = newAccess();
  const session = () => access.redeemSignInCode(access.createSignInCode('field'))!.token;
  const [mine, other] = [session(), session()];
  expect(await access.endSession(mine)).toBe(true);
  expect(await access.endSession(mine)).toBe(false);
  expect(access.authenticate(mine)).toBeUndefined();
  expect(access.authenticate(other)?.role).toBe('field');
  const restarted = newAccess();
  await restarted.load();
  expect(restarted.authenticate(mine)).toBeUndefined();
  expect(restarted.authenticate(other)?.role).toBe('field');
  // What is kept opens nothing.
  expect(JSON.stringify([...settings])).not.toContain(mine);
  // The token of the operator is no session.
  expect(await access.endSession('the-token')).toBe(false);
  expect(access.authenticate('the-token')?.role).toBe('admin');
});

test('ended sessions are forgotten when their day is over, so that their list stays short', async () => {
  const access = newAccess();
  const end = async () =>
    access.endSession(access.redeemSignInCode(access.createSignInCode('viewer'))!.token);
  await end();
  await end();
  now += 9 * 3_600_000;
  await end();
  expect([...settings.values()].map((text) => JSON.parse(text).length)).toEqual([1]);
});
