import { describe, expect, test } from '@jest/globals';
import { createSecrets } from '../src/index.js';
import { enteredStation } from '../src/operator/entered-station.js';

const secrets = createSecrets(Buffer.alloc(32, 1));
const password = 'a-password-of-20-chr';

describe('a station that could never connect is refused', () => {
  test.each([
    ['profile 2 without a TLS listener', 'off', { security_profile: 2, password }, 'OCPP_TLS_PORT'],
    ['profile 3 without authorities', 'server', { security_profile: 3 }, 'OCPP_TLS_CLIENT_CA'],
    ['profile 2 without a password', 'mutual', { security_profile: 2 }, 'needs a password'],
  ] as const)('%s', (_title, chargerTls, input, reason) => {
    const ports = { secrets, settings: { chargerTls } };
    expect(() => enteredStation(ports, { id: 'CP', ...input }, undefined, 0)).toThrow(reason);
  });

  test('profile 3 needs no password', () => {
    const ports = { secrets, settings: { chargerTls: 'mutual' } } as const;
    const station = enteredStation(ports, { id: 'CP', security_profile: 3 }, undefined, 7);
    expect(station).toEqual({ id: 'CP', securityProfile: 3, createdAt: 7 });
  });
});

test('a password that is entered ends a rotation; without one it goes on (A-026)', () => {
  const ports = { secrets, settings: { chargerTls: 'off' } } as const;
  const before = {
    ...enteredStation(ports, { id: 'CP', security_profile: 1, password }, undefined, 0),
    newPasswords: [{ ...secrets.hashPassword('on its way to CP'), until: 9, accepted: true }],
  };
  expect(enteredStation(ports, { id: 'CP', security_profile: 1 }, before, 1)).toEqual(before);
  const entered = enteredStation(ports, { id: 'CP', security_profile: 1, password }, before, 1);
  expect(entered.newPasswords).toBeUndefined();
});
