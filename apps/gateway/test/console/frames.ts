import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { feedStateIs } from '../support/console-browser.js';
import { type ConsoleWorld, onEachScreen, onScreen } from './world.js';

/** Frames with their answers, filters in the address, and exports that a spreadsheet does not calculate. */
export function frameCases(world: () => ConsoleWorld): void {
  test('a message stands with its answer, filters are in the address, and an export holds no formula (S13)', async () => {
    const { charger } = world();
    charger.sendRaw('=cmd|frame');
    await charger.call('DataTransfer', { vendorId: 'com.pairs' });
    await onEachScreen(world(), '/stations/PG-16?tab=frames&action=DataTransfer', async (page) => {
      const row = page.locator('.frames > li').first();
      await row.locator('summary').click();
      await row.getByText('Asked ✓ conforms to the schema').waitFor();
      await row.getByText('Answered ✓ conforms to the schema').waitFor();
      const shown = await page.locator('.frames > li').count();
      await page.getByRole('searchbox').fill('');
      await charger.call('DataTransfer', { vendorId: 'com.pairs' });
      await page.locator('.frames > li').nth(shown).waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('');
      await page.getByRole('searchbox').press('Enter');
      await page.getByLabel('Validation').selectOption('malformed');
      await page.getByText('✗ unreadable').first().waitFor();
      expect(new URL(page.url()).search).toBe('?tab=frames&verdict=malformed');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export (CSV)' }).click();
      const table = readFileSync(await (await download).path(), 'utf8');
      expect(table).toContain(`"'=cmd|frame"`);
      expect(table.split('\r\n')[0]).toMatch(/^at,direction,message_type,action,/);
    });
  });

  test('a message that comes after the list was read and before its feed is open is shown too', async () => {
    const { charger } = world();
    await onScreen(world(), 'desk', '/stations/PG-16', async (page) => {
      let open = (): void => undefined;
      const opening = new Promise<void>((resolve) => {
        open = resolve;
      });
      await page.route(/topics=frame/, async (route) => {
        await opening;
        await route.continue();
      });
      await page.goto(new URL('/stations/PG-16?tab=frames', page.url()).href);
      await page.locator('.frames > li').first().waitFor();
      await feedStateIs(page, /^live/);
      const vendorId = `com.between.${randomUUID()}`;
      await charger.call('DataTransfer', { vendorId });
      open();
      await page.locator('.frames details', { hasText: vendorId }).waitFor();
    });
  });
}
