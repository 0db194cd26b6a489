import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loadScript, parseScript, startCharger } from '../src/index.js';
import { startCsms } from './csms.js';

describe('charger scripts', () => {
  test('every script of the folder is valid', () => {
    const names = readdirSync(new URL('../scripts/', import.meta.url)).map((file) =>
      file.replace('.json', ''),
    );
    expect(names).toContain('offline-session');
    for (const name of names) expect(loadScript(name).length).toBeGreaterThan(0);
  });

  test('a mistake is reported with the step and the field', () => {
    expect(() => parseScript([{ do: 'boot' }, { do: 'wait' }])).toThrow(
      'script[1].seconds must be of type number, found undefined',
    );
    expect(() => parseScript([{ do: 'dance' }])).toThrow('script[0].do must be one of boot,');
    expect(() => parseScript([{ do: 'repeat', times: 1, steps: [{ do: 'boot', x: 1 }] }])).toThrow(
      'script[0].steps[0].x is not a field of "boot"',
    );
  });

  test('a charger plays its script after it has connected', async () => {
    const csms = await startCsms('ocpp1.6', 'pass-word-pass-word');
    const charger = await startCharger({
      url: csms.url,
      identity: 'CS-SCRIPT',
      password: 'pass-word-pass-word',
      protocol: 'ocpp1.6',
      outlets: 2,
      script: loadScript('cold-boot'),
    });
    await charger.scriptDone;
    expect(csms.seen.map((call) => call.action)).toEqual([
      'BootNotification',
      'StatusNotification',
      'StatusNotification',
    ]);
    await charger.close();
    await csms.close();
  });
});
