import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { configReference, metricsReference } from '../src/reference.js';
import { readSettings, SETTINGS, SettingsRefused } from '../src/settings.js';
import { isBuilt, runRefusedGateway } from './support/gateway-process.js';

function refusal(environment: Record<string, string>): string {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsRefused) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(environment)}`);
}

test('without any setting the defaults of the contract hold', () => {
  expect(readSettings({})).toMatchObject({
    DATA_DIR: './.data',
    OCPP_PORT: 9000,
    OCPI_PORT: 8080,
    OPERATOR_PORT: 8081,
    OPERATOR_HOST: '127.0.0.1',
    OCPI_ALLOW_PRIVATE_PARTNER_URLS: false,
    PARTIES: [{ country_code: 'DE', party_id: 'RBG' }],
    CURRENCY: 'EUR',
    CDR_SETTLE: 60_000,
    CALL_TIMEOUT: 30_000,
    PUSH_LINGER: 250,
    SESSION_PUSH_MIN_INTERVAL: 60_000,
    OFFLINE_GRACE: 300_000,
    LOG_LEVEL: 'info',
  });
  expect(readSettings({})).toMatchObject({ DATABASE_URL: undefined, OPERATOR_TOKEN: undefined });
});

test('an empty text counts as not set', () => {
  expect(readSettings({ OCPP_PORT: '', DATABASE_URL: '' })).toMatchObject({ OCPP_PORT: 9000 });
});

test('durations are read with their unit', () => {
  const read = (text: string) => readSettings({ CDR_SETTLE: text }).CDR_SETTLE;
  expect(['250ms', '3s', '1.5s', '15m', '24h', '7d', '0s'].map(read)).toEqual([
    250, 3_000, 1_500, 900_000, 86_400_000, 604_800_000, 0,
  ]);
});

test('several parties are read from one list', () => {
  expect(readSettings({ PARTIES: 'de*rbg, NL*CPO' }).PARTIES).toEqual([
    { country_code: 'DE', party_id: 'RBG' },
    { country_code: 'NL', party_id: 'CPO' },
  ]);
});

describe('a value that cannot be used is refused by its name', () => {
  test.each([
    ['CDR_SETTLE', '60'],
    ['CDR_SETTLE', 'soon'],
    ['CALL_TIMEOUT', '-3s'],
    ['OCPP_PORT', '70000'],
    ['OCPI_PORT', '80 80'],
    ['MAX_FRAME', '0'],
    ['INBOUND_QUEUE', '1e99'],
    ['OCPI_PUBLIC_URL', 'roaming.example.com'],
    ['OCPI_PUBLIC_URL', 'ftp://roaming.example.com'],
    ['OCPI_ALLOW_PRIVATE_PARTNER_URLS', 'yes'],
    ['PARTIES', 'DERBG'],
    ['PARTIES', 'DE*RBG,de*rbg'],
    ['PARTIES', 'DE*RBG,'],
    ['DATABASE_URL', 'mysql://db.example.com/roambridge'],
    ['ROLES', 'ocpp,ocpi,delivery,nothing'],
    ['ROLES', 'ocpp,ocpp,ocpp,ocpp'],
    ['REDIS_URL', 'redis://localhost'],
    ['COMMAND_TIMEOUT_ANNOUNCED', '29s'],
    ['CURRENCY', 'Euro'],
    ['SECRETS_KEY', 'c2hvcnQ='],
    ['OPERATOR_TOKEN', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ])('%s=%s', (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toContain(name);
    expect(message.split('\n')).toHaveLength(2);
  });

  test('the hold policy names doubts and what becomes of their CDRs (D3-012)', () => {
    const policy = (HOLD_POLICY: string) => readSettings({ HOLD_POLICY }).HOLD_POLICY;
    expect(policy('')).toEqual({});
    expect(policy('TIME_REPAIRED=send, IMPLAUSIBLE_ENERGY=24h,SIGNATURE_INVALID=hold')).toEqual({
      TIME_REPAIRED: 0,
      IMPLAUSIBLE_ENERGY: 86_400_000,
    });
    expect(() => policy('NO_TARIFF=send')).toThrow('HOLD_POLICY has an entry');
    expect(() => policy('TIME_REPAIRED=soon')).toThrow('TIME_REPAIRED=soon');
  });

  test('the longest charging period is one for all, or one by kind of current (D2-040)', () => {
    const limit = (MAX_PERIOD: string) => readSettings({ MAX_PERIOD }).MAX_PERIOD;
    expect(readSettings({}).MAX_PERIOD).toEqual({ ac: 0, dc: 0 });
    expect(limit('30m')).toEqual({ ac: 1_800_000, dc: 1_800_000 });
    expect(limit('AC=30m, DC=5m')).toEqual({ ac: 1_800_000, dc: 300_000 });
    for (const wrong of ['half an hour', 'XC=5m', 'AC=', '250ms'])
      expect(() => limit(wrong)).toThrow('MAX_PERIOD');
  });

  test('amounts are rounded by their currency (TA-09)', () => {
    const by = (ROUNDING: string) => readSettings({ ROUNDING }).ROUNDING;
    expect(by('JPY=0, EUR=2:half_even')).toEqual({
      JPY: { decimals: 0, mode: 'half_up' },
      EUR: { decimals: 2, mode: 'half_even' },
    });
    for (const wrong of ['EUR', 'EUR=5', 'euro=2', 'EUR=2:down']) expect(() => by(wrong)).toThrow('ROUNDING');
  });

  test('secrets are not repeated in the refusal', () => {
    for (const name of ['OPERATOR_TOKEN', 'SECRETS_KEY']) {
      expect(refusal({ [name]: 'too-short' })).not.toContain('too-short');
    }
  });

  test('everything that is wrong is named at once', () => {
    const message = refusal({ CDR_SETTLE: 'soon', OCPP_PORT: '-1', PARTIES: 'X' });
    expect(message).toMatch(/OCPP_PORT.*PARTIES.*CDR_SETTLE/s);
  });

  test.each([
    ['REDIS_URL', 'redis://localhost'],
    ['ROLES', 'ocpp,ocpi'],
  ])('%s promises what this release does not have', (name, value) => {
    expect(refusal({ [name]: value })).toContain(`${name} `);
    expect(refusal({ [name]: value })).toContain('not available in this release');
  });

  test('a gateway has all its parts, however they are named', () => {
    for (const ROLES of ['', 'all', 'operator,delivery,ocpi,ocpp', 'ocpp, ocpi, delivery, operator'])
      expect(readSettings({ ROLES }).ROLES.toSorted()).toEqual(['delivery', 'ocpi', 'ocpp', 'operator']);
  });

  test.each([
    [{ OCPP_TLS_PORT: '9443' }, 'OCPP_TLS_PORT needs OCPP_TLS_CERT and OCPP_TLS_KEY'],
    [{ OCPP_TLS_CERT: 'cert.pem', OCPP_TLS_KEY: 'key.pem' }, 'do nothing without OCPP_TLS_PORT'],
    [
      { OCPP_TLS_PORT: '8080', OCPP_TLS_CERT: 'cert.pem', OCPP_TLS_KEY: 'key.pem' },
      'OCPP_TLS_PORT and OCPI_PORT are both 8080',
    ],
    [
      { OCPP_TLS_PORT: '9443', OCPP_TLS_CERT: 'c', OCPP_TLS_KEY: 'k', OCPP_TLS_CLIENT_CRL: 'crl.pem' },
      'OCPP_TLS_CLIENT_CRL and OCPP_TLS_CLIENT_OCSP need OCPP_TLS_CLIENT_CA',
    ],
    [{ OCPP_TLS_PORT: '9443', OCPP_TLS_CERT: 'a,,b', OCPP_TLS_KEY: 'k' }, 'OCPP_TLS_CERT has an empty path'],
  ])('TLS settings that do not fit together are refused: %j', (environment, problem) => {
    expect(refusal(environment)).toContain(problem);
  });

  test('two listeners on one port contradict each other', () => {
    const message = refusal({ OCPP_PORT: '8080', OCPI_PORT: '8080' });
    expect(message).toContain('OCPP_PORT');
    expect(message).toContain('OCPI_PORT');
    expect(refusal({ OPERATOR_PORT: '9000' })).toContain('OCPP_PORT and OPERATOR_PORT are both 9000');
    expect(readSettings({ OCPP_PORT: '0', OCPI_PORT: '0' })).toMatchObject({ OCPP_PORT: 0 });
    const apart = { OCPP_PORT: '8080', OCPP_HOST: '10.0.0.1', OCPI_HOST: '10.0.0.2' };
    expect(readSettings(apart)).toMatchObject({ OCPP_PORT: 8080, OCPI_PORT: 8080 });
  });
});

function reference(name: string): string {
  return readFileSync(new URL(`../../../docs/reference/${name}`, import.meta.url), 'utf8');
}

test('docs/reference/metrics.md is what the catalogue of metrics says', () => {
  expect(reference('metrics.md')).toBe(metricsReference());
});

describe('docs/reference/config.md', () => {
  const page = reference('config.md');

  test('is what the table of settings says', () => {
    expect(page).toBe(configReference());
  });

  test.each(Object.entries(SETTINGS))('documents %s with a meaning', (name, { meaning }) => {
    expect(page).toContain(`| \`${name}\` |`);
    expect(meaning).toMatch(/^[^|]{10,}\.$/);
  });
});

(isBuilt ? test : test.skip)('the gateway ends with 2 and a clear message on a bad setting', async () => {
  const { code, output } = await runRefusedGateway({ CDR_SETTLE: 'soon', OCPP_PORT: 'x' }, 60_000);
  expect(code).toBe(2);
  expect(output).toContain('the settings cannot be used:');
  expect(output).toContain('CDR_SETTLE is no duration; write 250ms, 3s, 15m, 24h or 7d (CDR_SETTLE=soon)');
  expect(output).toContain('OCPP_PORT is no TCP port');
  expect(output).not.toContain('    at ');
});
