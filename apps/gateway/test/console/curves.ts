import { expect, test } from '@jest/globals';
import { SCREENS, visit } from '../support/console-browser.js';
import { type ConsoleWorld, onScreen } from './world.js';

const SCREEN_NAMES = Object.keys(SCREENS) as (keyof typeof SCREENS)[];
const CARD = '04A1C0FFEE2210';

/** Pixels of the drawing that are of a line: with both a colour, and no line of the grid. */
const PAINTED = `[...document.querySelectorAll('.curve-frame canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] > 200 && Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]) > 60) painted += 1;
  return painted;
})`;

/** Power and energy over time. */
export function curveCases(world: () => ConsoleWorld, cdrId: () => string): void {
  test('the curve of a running transaction is live, tells its values, and takes no place that it had not before', async () => {
    const { charger } = world();
    await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 20_000 });
    charger.setPowerW(1, 7_000);
    await charger.meterValues(1, 20_250);
    for (const [index, screen] of SCREEN_NAMES.entries()) {
      await onScreen(world(), screen, `/cdrs/${cdrId()}`, async (page) => {
        await page.locator('figure.curve canvas').waitFor();
        await page.locator('figcaption').getByText('0.500 kWh in all').waitFor();

        await visit(page, '/stations/PG-16');
        const curve = page.locator('figure.curve');
        // Its place is kept while neither values nor library have come.
        await curve.waitFor();
        const before = (await curve.boundingBox())?.height;
        await curve.locator('canvas').waitFor();
        expect((await curve.boundingBox())?.height).toBe(before);
        const wh = 20_500 + index * 250;
        const shown = curve.locator('figcaption > span', {
          hasText: `${((wh - 20_000) / 1_000).toFixed(3)} kWh in all`,
        });
        await charger.meterValues(1, wh);
        await shown.waitFor();
        const [painted] = (await page.evaluate(PAINTED)) as number[];
        expect(painted).toBeGreaterThan(50);
        // What is under the pointer, or the thumb, is told.
        const box = await page.locator('.curve-frame .u-over').boundingBox();
        await page.mouse.move((box?.x ?? 0) + 1, (box?.y ?? 0) + 20);
        await page.getByTestId('curve-values').getByText('0.000 kWh').waitFor();
        expect(await curve.locator('table tbody tr').count()).toBeGreaterThan(1);
      });
    }
    await charger.stopTransaction(1, { meterStopWh: 21_000, reason: 'Local', idTag: CARD });
  });

  test('values that are none leave gaps in a curve, and harm nothing', async () => {
    const hostile = [
      { at: 'not a time', power_w: 7 },
      { at: '2026-01-01T00:00:10Z', power_w: null, energy_wh: 'NaN' },
      { at: '2026-01-01T00:01:00Z', power_w: null, energy_wh: {} },
      { at: '2026-01-01T00:00:20Z', power_w: '<img src=x onerror="window.hacked=1">', energy_wh: 100 },
      { at: '2026-01-01T00:00:05Z', power_w: 4_000 },
    ];
    // JSON knows no infinity; this is what it is read as.
    const body = JSON.stringify({ points: hostile }).replace('null,"energy_wh":{}', '1e999,"energy_wh":{}');
    await onScreen(world(), 'desk', '/unknown-stations', async (page) => {
      await page.route('**/curve', (route) => route.fulfill({ contentType: 'application/json', body }));
      await page.goto(new URL(`/cdrs/${cdrId()}`, page.url()).href);
      const curve = page.locator('figure.curve');
      await curve.locator('canvas').waitFor();
      await curve.getByText('at most 4.0 kW · 0.100 kWh in all').waitFor();
      expect(await curve.locator('tbody tr').count()).toBe(2);
      expect(await page.evaluate('window.hacked')).toBeUndefined();
    });
  });
}
