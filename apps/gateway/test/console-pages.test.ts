import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Charger } from '@roambridge/sim-charger';
import type { Browser, Page } from 'playwright-core';
import { commandCases } from './console/commands.js';
import { configurationCases } from './console/configuration.js';
import { curveCases } from './console/curves.js';
import { decisionCases } from './console/decisions.js';
import { deskCases } from './console/desk.js';
import { frameCases } from './console/frames.js';
import { securityAndFileCases } from './console/security-and-files.js';
import { seriousViolations } from './support/accessibility.js';
import {
  chromiumPath,
  consoleIsBuilt,
  launchBrowser,
  openConsole,
  overflow,
  SCREENS,
  visit,
} from './support/console-browser.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';

const CARD = '04A1C0FFEE2210';
const MARKUP = '<img src=x onerror="window.hacked=1">';
const busy = testStation('PG-16', 'ocpp1.6', ['ENERGY', 'ENERGY']);
const away = testStation('PG-201', 'ocpp2.0.1', ['ENERGY']);
const modern = testStation('PG-NEW', 'ocpp2.0.1', ['ENERGY', undefined]);
const START = { connectorId: 1, idTag: CARD, meterStart: 10_500 };
/** First load of the page at the charger, compressed. */
const FIELD_PAGE_MAX_BYTES = 60_000;
const SCREEN_NAMES = Object.keys(SCREENS) as (keyof typeof SCREENS)[];

(chromiumPath !== undefined && consoleIsBuilt ? describe : describe.skip)('the pages of the console', () => {
  let world: TestGateway;
  let browser: Browser;
  let charger: Charger;
  let modernCharger: Charger;
  let partnerId: string;
  let cdrId: string;

  beforeAll(async () => {
    world = await startTestGateway();
    await provision(world.operator, {
      tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
      stations: [busy, away, modern],
    });
    ({ id: partnerId } = await world.partner({
      version: '2.2.1',
      country_code: 'DE',
      party_id: 'ALP',
      tokens: [{ uid: CARD }],
    }));
    charger = await world.connect(busy, { autoReconnect: true });
    modernCharger = await world.connect(modern);
    await charger.status(2, 'Faulted', 'GroundFailure');
    await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 10_000 });
    await charger.meterValues(1, 10_250);
    await charger.stopTransaction(1, { meterStopWh: 10_500, reason: 'Local', idTag: CARD });
    cdrId = await deliveredCdr();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function deliveredCdr(): Promise<string> {
    for (;;) {
      const [cdr] = await world.operator.list('/cdrs');
      const delivery = cdr?.delivery;
      if (
        typeof delivery === 'object' &&
        delivery &&
        'state' in delivery &&
        delivery.state === 'acknowledged'
      )
        return String(cdr?.id);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function onEachScreen(path: string, task: (page: Page) => Promise<void>): Promise<void> {
    for (const screen of SCREEN_NAMES) {
      const { page, faults } = await openConsole(browser, world.operator, screen, path);
      await task(page);
      expect(faults).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  }

  const tabs = () => ({ gateway: world, browser, charger, modern: modernCharger });
  commandCases(tabs);
  curveCases(tabs, () => cdrId);
  configurationCases(tabs);
  securityAndFileCases(tabs);
  frameCases(tabs);

  test('no page has a serious fault of accessibility, and none is wider than the screen', async () => {
    const paths = [
      '/',
      '/stations',
      '/stations/PG-16',
      '/stations/PG-16?tab=frames',
      '/stations/PG-16?tab=transactions',
      '/stations/PG-NEW?tab=commands&command=SetChargingProfile',
      '/stations/PG-16?tab=partners',
      '/field/PG-16',
      '/field/PG-201',
      '/charging',
      `/cdrs/${cdrId}`,
      `/trace/${cdrId}`,
      '/partners',
      `/partners/${partnerId}`,
      '/attention',
      '/unknown-stations',
      '/deliveries',
      '/audit',
      '/qr/PG-16',
      '/no-such-page',
    ];
    await onEachScreen('/', async (page) => {
      for (const path of paths) {
        await visit(page, path);
        await page.getByText('reading…').first().waitFor({ state: 'detached' });
        expect([path, await seriousViolations(page)]).toEqual([path, []]);
        expect([path, await overflow(page)]).toEqual([path, 0]);
      }
    });
  });

  test('from the overview to the reason of a fault in two clicks', async () => {
    await onEachScreen('/', async (page) => {
      await page.getByRole('link', { name: /1 out of order/ }).click();
      await page.getByRole('link', { name: 'PG-16' }).first().click();
      const findings = page.getByTestId('findings');
      await findings.filter({ hasText: 'residual current protection has tripped (GroundFailure)' }).waitFor();
      expect(await findings.textContent()).toContain('call an electrician');
    });
  });

  test('a command from the phone reaches the charger, and its outcome is shown', async () => {
    const { page } = await openConsole(browser, world.operator, 'phone', '/field/PG-16');
    page.on('dialog', (dialog) => void dialog.accept());
    const asked = () => charger.received.filter(({ action }) => action === 'UnlockConnector');
    const before = asked().length;
    await page.getByTestId('field-unlock-1').click();
    await page
      .locator('.action', { has: page.getByTestId('field-unlock-1') })
      .getByText('Unlocked')
      .waitFor();
    expect(asked().slice(before)).toMatchObject([{ payload: { connectorId: 1 } }]);
    expect(await page.getByTestId('commissioning').textContent()).toContain('✓ a transaction ran and ended');
    await page.context().close();
  });

  test('a destructive command is asked about with the id of the station, and not sent on a no', async () => {
    const { page } = await openConsole(browser, world.operator, 'phone', '/field/PG-16');
    const questions: string[] = [];
    page.on('dialog', (dialog) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    // The click is over when the question is answered and what it leads to was begun.
    await page.getByTestId('field-hardReset-1').click();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(questions).toEqual(['Restart (hard) on PG-16?']);
    expect(sent).toEqual([]);
    expect(charger.received.filter(({ action }) => action === 'Reset')).toEqual([]);
    await page.context().close();
  });

  test('the bill of a CDR adds up, and a line leads to the frame behind its reading', async () => {
    await onEachScreen(`/cdrs/${cdrId}`, async (page) => {
      const bill = page.getByTestId('bill');
      await bill.waitFor();
      // 0.5 kWh at 0.39 EUR.
      expect(await page.getByTestId('bill-total').textContent()).toBe('0.20 EUR');
      expect(await page.getByTestId('bill-adds-up').textContent()).toContain(
        'The lines add up to the total.',
      );
      await bill.getByText('energy').first().click();
      await bill.getByRole('button', { name: /^register 10500 Wh/ }).click();
      await page.locator('details[open] pre').filter({ hasText: '10500' }).first().waitFor();
    });
  });

  test('a trace shows frames, decision, session, CDR and the exchanges with the partner', async () => {
    await onEachScreen(`/trace/${cdrId}`, async (page) => {
      const timeline = page.locator('.timeline');
      for (const text of [
        'StartTransaction',
        'whitelist',
        'COMPLETED',
        'StopTransaction',
        'POST',
        'delivered',
      ])
        await timeline.getByText(text).first().waitFor();
    });
  });

  test('a partner is paused, resumed, probed and compared, and its exchanges can be read', async () => {
    await onEachScreen(`/partners/${partnerId}`, async (page) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('paused by an operator').waitFor();
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByText('up to date').waitFor();
      const posted = page.locator('details', { hasText: 'POST' }).filter({ hasText: '/cdrs' }).last();
      await posted.locator('summary').click();
      await posted.locator('pre').filter({ hasText: cdrId }).first().waitFor();
      await page.getByTestId('probe').click();
      await page.getByTestId('probe-findings').getByText('ok').first().waitFor();
      await page.getByTestId('resync').click();
      await page.getByTestId('resync-result').filter({ hasText: 'locations' }).waitFor();
    });
  });

  test('a frame is on the page of its station as it comes, with markup in it as text (S13)', async () => {
    await onEachScreen('/stations/PG-16?tab=frames', async (page) => {
      await page.locator('.frames li').first().waitFor();
      const vendorId = `com.example.${randomUUID()}`;
      await charger.call('DataTransfer', { vendorId, data: MARKUP });
      const frame = page.locator('details', { hasText: vendorId });
      await frame.locator('summary').click();
      await frame.locator('pre').filter({ hasText: 'onerror' }).waitFor();
      expect(await page.evaluate('window.hacked')).toBeUndefined();
    });
  });

  test(`the page at the charger is below ${FIELD_PAGE_MAX_BYTES / 1_000} kB and needs no other page`, async () => {
    const context = await browser.newContext({ viewport: SCREENS.phone });
    const page = await context.newPage();
    let bytes = 0;
    page.on('response', async (response) => {
      if (response.url().includes('/assets/') || response.url().endsWith('/field/PG-16')) {
        const { gzipSync } = await import('node:zlib');
        bytes += gzipSync(await response.body().catch(() => Buffer.alloc(0))).length;
      }
    });
    const { url } = await world.operator.post('/sign-in-links', {});
    await page.goto(String(url));
    bytes = 0;
    await visit(page, '/field/PG-16');
    await page.getByTestId('field-connection').filter({ hasText: 'Connected' }).waitFor();
    expect(bytes).toBeLessThan(FIELD_PAGE_MAX_BYTES);
    // The curve is fetched by who opens it.
    const { transactionId } = await charger.call('StartTransaction', {
      ...START,
      timestamp: new Date().toISOString(),
    });
    const folded = page.locator('details', { has: page.getByText('Power and energy', { exact: true }) });
    await folded.waitFor();
    expect(bytes).toBeLessThan(FIELD_PAGE_MAX_BYTES);
    await folded.locator('summary').click();
    await folded.locator('canvas').waitFor();
    await charger.call('StopTransaction', {
      transactionId,
      meterStop: 10_500,
      timestamp: new Date().toISOString(),
    });
    await context.close();
  });

  deskCases(tabs, () => partnerId);
  decisionCases(tabs, () => cdrId);
});
