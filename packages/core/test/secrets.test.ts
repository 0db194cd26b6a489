import { describe, expect, test } from '@jest/globals';
import { newToken } from '../src/ids.js';
import { createSecrets } from '../src/index.js';

const secrets = createSecrets(Buffer.alloc(32, 1));

describe('station passwords (A-022)', () => {
  const password = Buffer.from([0, 1, 2, 255, 254, 58, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74]);
  const stored = secrets.hashPassword(password);

  test('match as bytes and as hex text in either case', () => {
    expect(secrets.verifyPassword(stored, password)).toBe(true);
    expect(secrets.verifyPassword(stored, Buffer.from(password.toString('hex')))).toBe(true);
    expect(secrets.verifyPassword(stored, Buffer.from(password.toString('hex').toUpperCase()))).toBe(true);
  });

  test('do not match another password, an empty one, or a station without one', () => {
    expect(secrets.verifyPassword(stored, Buffer.from('something else entirely'))).toBe(false);
    expect(secrets.verifyPassword(stored, new Uint8Array())).toBe(false);
    expect(secrets.verifyPassword(undefined, password)).toBe(false);
  });

  test('are stored with a salt: the same password has another hash at each station', () => {
    expect(secrets.hashPassword(password).raw).not.toBe(stored.raw);
  });
});

test('token hashes depend on the key of the platform (S21)', () => {
  expect(secrets.hash('t')).toBe(secrets.hash('t'));
  expect(createSecrets(Buffer.alloc(32, 2)).hash('t')).not.toBe(secrets.hash('t'));
});

test('tokens that we give are unique, printable and have 64 characters at most (TR-009)', () => {
  const tokens = Array.from({ length: 1_000 }, newToken);
  expect(new Set(tokens).size).toBe(1_000);
  for (const token of tokens) expect(token).toMatch(/^[!-~]{32,64}$/);
});
