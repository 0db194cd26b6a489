import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../src/settings.js';

describe('settings of the demonstration', () => {
  test('the gateway gets the short waits of the demonstration and a token of its own', () => {
    const { gatewayEnvironment, operatorToken } = readSettings({});
    expect(gatewayEnvironment).toMatchObject({ CDR_SETTLE: '2s', OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true' });
    expect(gatewayEnvironment.OPERATOR_TOKEN).toBe(operatorToken);
    expect(readSettings({}).operatorToken).not.toBe(operatorToken);
  });

  test('what the user has set wins, and DEMO_ variables stay here', () => {
    const settings = readSettings({ CDR_SETTLE: '10s', OCPP_PORT: '9100', DEMO_EXIT_AFTER_FIRST_CDRS: '1' });
    expect(settings.gatewayEnvironment).toMatchObject({ CDR_SETTLE: '10s', OCPP_PORT: '9100' });
    expect(settings.gatewayEnvironment).not.toHaveProperty('DEMO_EXIT_AFTER_FIRST_CDRS');
    expect(settings).toMatchObject({ exitAfterFirstCdrs: true, ocppUrl: 'ws://127.0.0.1:9100/ocpp' });
  });

  test('a wrong value is refused by name', () => {
    expect(() => readSettings({ OCPI_PORT: '80800' })).toThrow('OCPI_PORT must be a port');
    expect(() => readSettings({ DEMO_QUIET_LOG: 'maybe' })).toThrow('DEMO_QUIET_LOG must be 1 or 0');
  });
});
