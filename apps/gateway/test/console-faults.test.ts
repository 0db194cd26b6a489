import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Charger, startCharger } from '@roambridge/sim-charger';
import type { Browser } from 'playwright-core';
import { chromiumPath, consoleIsBuilt, launchBrowser, openConsole } from './support/console-browser.js';
import { eventually } from './support/eventually.js';
import { PARKING_RATES, provision, type TestStation, tariff, testStation } from './support/master-data.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';

const CARD = '04A1C0FFEE2210';
const BLOCKED_CARD = '04A1C0FFEE2211';
const GUIDE = readFileSync(new URL('../../../docs/guides/field-engineer.md', import.meta.url), 'utf8');

interface Fault {
  station: TestStation;
  seed: (charger: Charger) => Promise<void>;
  /** What the console says. */
  reason: string;
  connects?: false;
}

const station = (id: string, protocol: TestStation['protocol'] = 'ocpp1.6') =>
  testStation(id, protocol, ['ENERGY']);

const UNMAPPED = station('F-UNMAPPED');

/** Ten reasons why a charger does not charge. */
const FAULTS: readonly Fault[] = [
  {
    station: station('F-GROUND'),
    seed: (charger) => charger.status(1, 'Faulted', 'GroundFailure'),
    reason: 'the residual current protection has tripped',
  },
  {
    station: station('F-OFF'),
    seed: (charger) => charger.status(1, 'Unavailable'),
    reason: 'is out of service',
  },
  {
    station: station('F-METER'),
    seed: (charger) => charger.status(1, 'Faulted', 'PowerMeterFailure'),
    reason: 'its meter cannot be read',
  },
  { station: station('F-NEVER'), seed: async () => {}, reason: 'it has never connected', connects: false },
  { station: station('F-LOST'), seed: (charger) => charger.close(), reason: 'the connection is lost' },
  { station: station('F-PASSWORD'), seed: async () => {}, reason: 'is not let in', connects: false },
  { station: UNMAPPED, seed: async () => {}, reason: 'is in no location' },
  {
    station: station('F-CARD'),
    seed: async (charger) => {
      await charger.authorize(BLOCKED_CARD);
    },
    reason: 'the last card is blocked',
  },
  {
    station: station('F-FULL', 'ocpp2.0.1'),
    seed: async (charger) => {
      await charger.startTransaction({ outlet: 1, idTag: CARD });
      await charger.chargingState(1, 'SuspendedEV');
    },
    reason: 'the car does not take energy',
  },
  {
    station: station('F-LIMIT', 'ocpp2.0.1'),
    seed: async (charger) => {
      await charger.startTransaction({ outlet: 1, idTag: CARD });
      await charger.chargingState(1, 'SuspendedEVSE');
    },
    reason: 'the charger gives no energy',
  },
];

(chromiumPath !== undefined && consoleIsBuilt ? describe : describe.skip)(
  'the console tells why a charger does not charge',
  () => {
    let world: TestGateway;
    let browser: Browser;

    let tiles: Server;
    const asked: string[] = [];

    beforeAll(async () => {
      tiles = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(200, { 'content-type': 'image/svg+xml' });
        response.end('<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>');
      });
      await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
      const address = tiles.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      world = await startTestGateway({
        MAP_TILES_URL: `http://127.0.0.1:${port}/{z}/{x}/{y}.svg`,
        MAP_TILES_ATTRIBUTION: '© Nobody',
      });
      await provision(world.operator, {
        tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
        stations: FAULTS.map((fault) => fault.station).filter((one) => one !== UNMAPPED),
      });
      const { password, protocol } = UNMAPPED;
      await world.operator.put('/stations/F-UNMAPPED', {
        security_profile: 1,
        password,
        protocols: [protocol],
      });
      await world.partner({ version: '2.2.1', country_code: 'DE', party_id: 'ALP', tokens: [{ uid: CARD }] });
      await world.operator.put(`/local-tokens/${BLOCKED_CARD}`, { type: 'RFID', blocked: true });
      for (const fault of FAULTS.filter(({ connects }) => connects !== false)) {
        await fault.seed(await world.connect(fault.station));
      }
      await knockWithWrongPassword();
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await world?.stop();
      tiles?.closeAllConnections();
      tiles?.close();
    });

    async function knockWithWrongPassword(): Promise<void> {
      const knock = startCharger({
        url: world.gateway.urls.ocpp.replace(/\/$/, ''),
        identity: 'F-PASSWORD',
        password: 'not-the-password-of-it',
        protocol: 'ocpp1.6',
      });
      await expect(knock).rejects.toThrow();
    }

    test.each(FAULTS.map((fault) => [fault.station.id, fault.reason] as const))(
      '%s: %s, two clicks from the overview',
      async (id, reason) => {
        const { page } = await openConsole(browser, world.operator, 'phone');
        await page.getByRole('link', { name: 'Stations', exact: true }).click();
        await page.getByRole('link', { name: id, exact: true }).click();
        await page.getByTestId('findings').filter({ hasText: reason }).waitFor();
        await page.context().close();
      },
    );

    test('with map tiles configured the sites stand on them, and nothing else is asked of their server', async () => {
      const { page } = await openConsole(browser, world.operator, 'desk');
      await page.getByText('© Nobody').waitFor();
      await eventually('tiles', () => asked.length > 0);
      for (const path of asked) expect(path).toMatch(/^\/13\/\d+\/\d+\.svg$/);
      await page.locator('.map a.site').first().waitFor();
      expect(await page.locator('.map a.site').count()).toBe(1);
      await page.context().close();
    });

    test('the guide names every one of them', () => {
      for (const { reason } of FAULTS) expect(GUIDE).toContain(reason);
    });
  },
);
