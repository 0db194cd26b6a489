import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openConsole, overflow, SCREENS, visit } from '../support/console-browser.js';
import { eventually } from '../support/eventually.js';
import type { ConsoleWorld } from './world.js';

const SCREEN_NAMES = Object.keys(SCREENS) as (keyof typeof SCREENS)[];

/** The overview, deliveries, policies, roles, audit log and QR code, as people use them. */
export function deskCases(get: () => ConsoleWorld, partner: () => string): void {
  async function onEachScreen(
    path: string,
    task: (page: Page, questions: string[]) => Promise<void>,
  ): Promise<void> {
    for (const screen of SCREEN_NAMES) {
      const { page, faults } = await openConsole(get().browser, get().gateway.operator, screen, path);
      const questions: string[] = [];
      page.on('dialog', (dialog) => {
        questions.push(dialog.message());
        void dialog.accept();
      });
      await task(page, questions);
      expect(faults).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  }

  test('the overview shows the site on its map and as a list, and how busy the gateway is', async () => {
    await onEachScreen('/', async (page) => {
      const dot = page.getByRole('link', { name: /: out of order, \d of \d free$/ });
      await dot.waitFor();
      expect(await dot.locator('path').count()).toBe(1);
      await page.getByTestId('site-list').locator('summary').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('site-list').getByText('out of order').waitFor();
      // Words, and not only lines: messages came when the charger charged.
      await page
        .getByTestId('spark-messages_per_second')
        .getByRole('img', { name: /per second: [\d.]+, at most (?!0\.0)[\d.]+/ })
        .waitFor();
      await dot.click();
      await page.getByRole('link', { name: 'PG-16', exact: true }).waitFor();
      expect(new URL(page.url()).search).toBe('?filter=LOC-1');
    });
  });

  test('what a paused partner still has to be told is shown with the reason, given up and sent in bulk', async () => {
    const { gateway: world, charger } = get();
    const partnerId = partner();
    const path = `/deliveries?partner_id=${partnerId}&kind=evse`;
    await onEachScreen(path, async (page, questions) => {
      await world.operator.post(`/partners/${partnerId}/pause`, {});
      await charger.status(1, 'Unavailable');
      await charger.status(2, 'Available');
      const rows = page.locator('[data-testid^="delivery-row-"]');
      await rows.filter({ hasText: 'waits until the partner is resumed' }).nth(1).waitFor();
      expect(await page.getByRole('combobox', { name: 'Object' }).inputValue()).toBe('evse');
      await page.getByTestId('discard-all').click();
      await page.getByText('Nothing matches these filters.').waitFor();
      expect(questions).toEqual([
        'Give 2 objects up? Their partners are not told of them, until they change again.',
      ]);
      await charger.status(1, 'Faulted', 'OtherError');
      await charger.status(2, 'Unavailable');
      await page.getByTestId('retry-all').waitFor();
      await world.operator.post(`/partners/${partnerId}/resume`, {});
      await page.getByText('Nothing matches these filters.').waitFor();
    });
  });

  test('how cards are decided is set for one partner and for all, and counts at once', async () => {
    const { gateway: world } = get();
    const partnerId = partner();
    await onEachScreen(`/partners/${partnerId}`, async (page) => {
      const own = page.getByTestId('partner-policy');
      await own.locator('select[name=unknown]').selectOption('ask');
      await own.getByRole('button', { name: 'Save' }).click();
      await own.getByText('saved').waitFor();
      expect((await world.operator.get(`/partners/${partnerId}`)).authorization_policy).toEqual({
        unknown: 'ask',
      });
      const all = page.getByTestId('gateway-policy');
      await all.locator('select[name=concurrent_sessions]').selectOption('deny');
      await all.getByRole('button', { name: 'Save' }).click();
      await all.getByText('now: is refused').waitFor();
      expect((await world.operator.get('/authorization-policy')).changed).toEqual({
        concurrent_sessions: 'deny',
      });
      await world.operator.put('/authorization-policy', {});
      await world.operator.put(`/partners/${partnerId}/authorization-policy`, {});
    });
  });

  test('sessions and CDRs are filtered by the address, with how far the partner knows them', async () => {
    const { gateway: world } = get();
    const partnerId = partner();
    await onEachScreen(
      `/charging?partner_id=${partnerId}&station_id=PG-16&cdr=acknowledged`,
      async (page) => {
        await page.locator('[data-testid^="session-row-"]').filter({ hasText: ': told' }).first().waitFor();
        await page.locator('[data-testid^="cdr-row-"]').filter({ hasText: 'delivered' }).first().waitFor();
        await page.getByRole('combobox', { name: 'CDR told' }).selectOption('held');
        await page.getByText('None matches these filters.').waitFor();
        expect(page.url()).toContain('cdr=held');
      },
    );
    const { page } = await openConsole(get().browser, world.operator, 'desk', '/charging?cdr=acknowledged');
    const href = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
    expect(href).toBe('/api/v1/exports/cdrs.csv?delivery=acknowledged');
    const text = await page.evaluate(`fetch(${JSON.stringify(href)}).then((answer) => answer.text())`);
    expect(text).toMatch(/^id,session_id,partner,.*\r\n[^\r]*,PG-16,[^\r]*,acknowledged,/);
    await page.context().close();
  });

  test('the code of a charger leads to its page, and a link signs one person in to it with the role field', async () => {
    const { browser } = get();
    let link: string | null = null;
    await onEachScreen('/stations/PG-16', async (page) => {
      await page.getByRole('link', { name: 'QR code' }).click();
      const url = new URL('/field/PG-16', page.url()).href;
      await page.getByRole('img', { name: `QR code of ${url}` }).waitFor();
      await page.getByLabel('Who it is for').fill('=Ann');
      await page.getByTestId('make-link').click();
      link = await page.getByTestId('made-link').textContent();
    });

    const context = await browser.newContext({ viewport: SCREENS.phone });
    const phone = await context.newPage();
    await phone.goto(String(link));
    await phone.getByTestId('field-connection').filter({ hasText: 'Connected' }).waitFor();
    expect(new URL(phone.url()).pathname).toBe('/field/PG-16');
    // The role may work at the charger, and nothing else: it is told so before it presses.
    await phone.locator('[data-testid="field-unlock-1"]:enabled').waitFor();
    await visit(phone, '/partners');
    const invite = phone.locator('.action', { hasText: 'Invite a partner' });
    expect(await invite.getByRole('button').isDisabled()).toBe(true);
    await invite.getByText('needs the role admin').waitFor();
    await visit(phone, '/audit');
    await phone.getByText('Only the role admin sees this.').waitFor();
    await context.close();
  });

  test('a viewer looks at everything and changes nothing', async () => {
    const { gateway: world, browser } = get();
    const context = await browser.newContext({ viewport: SCREENS.phone });
    const page = await context.newPage();
    const { url } = await world.operator.post('/sign-in-links', { role: 'viewer', path: '/field/PG-16' });
    await page.goto(String(url));
    const unlock = page.locator('.action', { has: page.getByTestId('field-unlock-1') });
    await unlock.getByText('needs the role field').waitFor();
    expect(await unlock.getByRole('button').isDisabled()).toBe(true);
    await context.close();
  });

  test('the audit log tells who did what, also what was refused, and is a safe CSV (S13)', async () => {
    const { gateway: world } = get();
    await world.operator.post('/partners/nobody/pause', {}).catch(() => undefined);
    const { url } = await world.operator.post('/sign-in-links', { role: 'field', name: '=Ann' });
    await fetch(String(url), { redirect: 'manual' });
    await onEachScreen('/audit?object=nobody', async (page) => {
      const entries = page.getByTestId('audit-entries').locator('li');
      await eventually('the one entry about nobody', async () => (await entries.count()) === 1);
      expect(await entries.textContent()).toMatch(
        /refused 404.*operator token \(admin\) from 127\.0\.0\.1.*POST \/partners\/nobody\/pause/,
      );
      await page.getByLabel('Object, e.g. CP-1').fill('sign-in');
      await entries.filter({ hasText: '=Ann, session' }).first().waitFor();
    });
    const csv = await fetch(`${world.gateway.urls.operator}/api/v1/exports/audit.csv?object=sign-in`, {
      headers: { authorization: 'Bearer operator-token-of-the-tests' },
    });
    expect(await csv.text()).toMatch(/,"'=Ann, session [^"]*",field,/);
  });
}
