import { expect, test } from '@jest/globals';
import { createAccess } from '../src/access/access.js';
import { createSecrets } from '../src/index.js';

const secrets = createSecrets(Buffer.alloc(32, 3));
let now = 1_000_000;
const clock = { now: () => now, after: () => () => {} };
const newAccess = () => createAccess({ secrets, clock, administratorHash: secrets.hash('the-token') });

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
