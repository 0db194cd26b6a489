import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Charger } from '@roambridge/sim-charger';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './support/accessibility.js';
import {
  chromiumPath,
  consoleIsBuilt,
  feedStateIs,
  launchBrowser,
  openConsole,
  overflow,
  SCREENS,
} from './support/console-browser.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { duration, quickest } from './support/quickest.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { WireCharger } from './support/wire-charger.js';

const CARD = '04A1C0FFEE2210';
const MARKUP = '<img src=x onerror="window.hacked=1">';
const ordinary = testStation('CS-16', 'ocpp1.6', ['ENERGY']);
const odd = testStation('CS-MARKUP', 'ocpp2.0.1', ['ENERGY']);
/** What happens at a charger is on the screen within this time. */
const LIVE_MS = 1_000;
const SCREEN_NAMES = Object.keys(SCREENS) as (keyof typeof SCREENS)[];

if (chromiumPath === undefined)
  console.warn('skipped: no Chromium; to enable: apt-get install chromium, or set TEST_CHROMIUM');
if (!consoleIsBuilt) console.warn('skipped: apps/console/dist is missing; npm test builds it');

(chromiumPath !== undefined && consoleIsBuilt ? describe : describe.skip)(
  'the console in a real browser',
  () => {
    let world: TestGateway;
    let browser: Browser;
    let charger: Charger;

    beforeAll(async () => {
      world = await startTestGateway();
      await provision(world.operator, {
        tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
        stations: [ordinary, odd],
      });
      const tokens = [{ uid: CARD }];
      await world.partner({ version: '2.2.1', country_code: 'DE', party_id: 'ALP', tokens });
      charger = await world.connect(ordinary, { autoReconnect: true });
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await world?.stop();
    });

    async function onEachScreen(
      path: string,
      task: (page: Page, faults: string[]) => Promise<void>,
    ): Promise<void> {
      for (const screen of SCREEN_NAMES) {
        const { page, faults } = await openConsole(browser, world.operator, screen, path);
        await task(page, faults);
        expect(faults).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await page.context().close();
      }
    }

    test('a one-time link signs in once, and shows the stations as they are', async () => {
      await onEachScreen('/stations', async (page) => {
        expect(new URL(page.url()).pathname).toBe('/stations');
        const row = page.getByTestId('station-row-CS-16');
        await row.filter({ hasText: /connected for/ }).waitFor();
        expect(await row.textContent()).toContain('ocpp1.6');
        expect(await page.getByTestId('station-row-CS-MARKUP').textContent()).toContain('never connected');
      });
      const { url } = await world.operator.post('/sign-in-links', {});
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(String(url));
      await feedStateIs(page, /^live/);
      await context.clearCookies();
      expect((await page.goto(String(url)))?.status()).toBe(403);
      await page.goto(world.gateway.urls.operator);
      await page.getByTestId('sign-in-page').waitFor();
      await context.close();
    });

    test('the operator token signs in on the page itself, and signing out ends the session on the gateway too', async () => {
      for (const screen of SCREEN_NAMES) {
        const context = await browser.newContext({ viewport: SCREENS[screen] });
        const page = await context.newPage();
        await page.goto(new URL('/stations/CS-16', world.gateway.urls.operator).href);
        const form = page.getByTestId('sign-in-page');
        await form.getByLabel('Operator token').fill('a-wrong-token');
        await form.getByRole('button', { name: 'Sign in' }).click();
        await form.getByText('✗ This token is not valid.').waitFor();
        expect(await seriousViolations(page)).toEqual([]);
        await form.getByLabel('Operator token').fill('operator-token-of-the-tests');
        await form.getByLabel('Operator token').press('Enter');
        await page.getByTestId('station-page').waitFor();
        await feedStateIs(page, /^live/);
        const cookies = await context.cookies();
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await page.getByTestId('sign-out').click();
        await form.waitFor();
        expect(await context.cookies()).toEqual([]);
        // A copy of the cookie is of no use either.
        await context.addCookies(cookies);
        expect((await page.request.get(new URL('/api/v1/stations', page.url()).href)).status()).toBe(401);
        await context.close();
      }
      const [entry] = await world.operator.list('/audit?object=/sign-out');
      expect(entry).toMatchObject({ action: 'Sign out of the console', role: 'admin', status: 204 });
    });

    test(`a status is on the screen within ${LIVE_MS} ms`, async () => {
      await onEachScreen('/stations', async (page) => {
        const chip = page.getByTestId('evse-chip-CS-16-1');
        await chip.filter({ hasText: 'available' }).waitFor();
        const shows = (status: string, word: string) =>
          duration(() =>
            Promise.all([
              chip.filter({ hasText: word }).filter({ hasText: status }).waitFor(),
              charger.status(1, status),
            ]),
          );
        const longest = await quickest(LIVE_MS, async () =>
          Math.max(await shows('Faulted', 'out of order'), await shows('Available', 'available')),
        );
        expect(longest).toBeLessThan(LIVE_MS);
      });
    });

    test('a session and its CDR appear while one looks on', async () => {
      await onEachScreen('/charging', async (page) => {
        const sessions = page.locator('[data-testid^="session-row-"]');
        const cdrs = page.locator('[data-testid^="cdr-row-"]');
        // The lists are read by the page: what is counted before is nothing.
        await page.locator('.columns').waitFor();
        await page.getByText('reading…').first().waitFor({ state: 'detached' });
        const [oldSessions, oldCdrs] = [await sessions.count(), await cdrs.count()];
        await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 50_000 });
        await sessions.nth(oldSessions).waitFor();
        const newest = sessions.first();
        await newest.filter({ hasText: 'ACTIVE' }).waitFor();
        await charger.meterValues(1, 50_250);
        await newest.filter({ hasText: '0.250 kWh' }).waitFor();
        await charger.stopTransaction(1, { meterStopWh: 50_500, reason: 'Local', idTag: CARD });
        await newest.filter({ hasText: 'COMPLETED' }).filter({ hasText: '0.500 kWh' }).waitFor();
        // The one before it looks the same.
        await cdrs.nth(oldCdrs).waitFor();
        const bill = cdrs.first();
        // 0.5 kWh at 0.39 EUR with 20 % VAT.
        await bill.filter({ hasText: 'delivered' }).filter({ hasText: '0.23 EUR' }).waitFor();
        expect(await bill.textContent()).toContain('DE*ALP 2.2.1');
        expect([await sessions.count(), await cdrs.count()]).toEqual([oldSessions + 1, oldCdrs + 1]);
      });
    });

    test('markup in what a charger says of itself is shown as text (S13)', async () => {
      const wire = await WireCharger.connect({
        url: `${world.gateway.urls.ocpp}${odd.id}`,
        protocol: odd.protocol,
        user: odd.id,
        password: odd.password,
      });
      await wire.call('BootNotification', {
        reason: 'PowerUp',
        chargingStation: { vendorName: MARKUP, model: '<b>M</b>' },
      });
      await onEachScreen('/stations', async (page) => {
        const row = page.getByTestId('station-row-CS-MARKUP');
        await row.filter({ hasText: `${MARKUP} <b>M</b>` }).waitFor();
        expect(await row.locator('img, b').filter({ hasText: /^M?$/ }).count()).toBe(0);
        expect(await page.evaluate('window.hacked')).toBeUndefined();
      });
      await wire.close();
    });

    test('while the gateway is away the console says so, and it finds back without a reload', async () => {
      const { page, faults } = await openConsole(browser, world.operator, 'desk', '/stations');
      await page.evaluate('window.sameDocument = true');
      await world.down();
      await feedStateIs(page, /^reconnecting, last update \d+ s ago/);
      // What was known stays readable.
      expect(await page.getByTestId('station-row-CS-16').count()).toBe(1);
      await world.up();
      await feedStateIs(page, /^live/);
      expect(await page.evaluate('window.sameDocument')).toBe(true);
      expect(faults).toEqual([]);
      await page.context().close();
      const again = await openConsole(browser, world.operator, 'phone', '/stations');
      await again.page
        .getByTestId('station-row-CS-16')
        .filter({ hasText: /connected for/ })
        .waitFor();
      await again.page.context().close();
    });
  },
);
