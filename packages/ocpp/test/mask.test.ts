import { describe, expect, test } from '@jest/globals';
import { MASK, maskFrame } from '../src/journal/mask.js';

const masked = (frame: unknown) => maskFrame(JSON.stringify(frame));

describe('secrets in the journal (A-024)', () => {
  test.each([
    [
      'the key of ChangeConfiguration',
      [2, '1', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 's3cret' }],
    ],
    [
      'its key in another case',
      [2, '1', 'ChangeConfiguration', { key: 'authorizationKEY', value: 's3cret' }],
    ],
    [
      'the key in GetConfiguration.conf',
      [3, '1', { configurationKey: [{ key: 'AuthorizationKey', value: 's3cret' }] }],
    ],
    [
      'the password in SetVariables',
      [
        2,
        '1',
        'SetVariables',
        {
          setVariableData: [
            {
              component: { name: 'SecurityCtrlr' },
              variable: { name: 'BasicAuthPassword' },
              attributeValue: 's3cret',
            },
          ],
        },
      ],
    ],
    [
      'the secrets of SetNetworkProfile',
      [
        2,
        '1',
        'SetNetworkProfile',
        {
          connectionData: {
            apn: { apnPassword: 's3cret' },
            vpn: { server: 'v', user: 'u', password: 's3cret', key: 's3cret' },
            basicAuthPassword: 's3cret',
          },
        },
      ],
    ],
    [
      'the password in NotifyReport',
      [
        2,
        '1',
        'NotifyReport',
        {
          reportData: [
            {
              component: { name: 'SecurityCtrlr' },
              variable: { name: 'BasicAuthPassword' },
              variableAttribute: [{ value: 's3cret', mutability: 'WriteOnly' }],
            },
          ],
        },
      ],
    ],
    ['a key code (C04.FR.04)', [2, '1', 'Authorize', { idToken: { idToken: 's3cret', type: 'KeyCode' } }]],
    ['credentials in a URL', [2, '1', 'GetDiagnostics', { location: 'ftp://user:s3cret@host/x' }]],
  ])('%s', (_title, frame) => {
    const text = masked(frame);
    expect(text).not.toContain('s3cret');
    expect(text).toContain(MASK);
    expect(JSON.parse(text)[1]).toBe('1');
  });

  test('words that are written with escapes are found too', () => {
    expect(
      maskFrame('[2,"1","ChangeConfiguration",{"key":"\\u0041uthorizationKey","value":"s3cret"}]'),
    ).not.toContain('s3cret');
  });

  test('text that is not JSON is not kept when it may hold a secret', () => {
    expect(maskFrame('[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"s3cret"')).toBe(MASK);
  });

  test('other frames stay as they came, byte for byte', () => {
    const raw = '[2, "1",  "Authorize", {"idTag": "AB"}]';
    expect(maskFrame(raw)).toBe(raw);
    const card = [2, '1', 'Authorize', { idToken: { idToken: 'AB12', type: 'ISO14443' } }];
    expect(masked(card)).toBe(JSON.stringify(card));
  });
});
