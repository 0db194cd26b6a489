import { expect, test } from '@jest/globals';
import { startCharger } from '@roambridge/sim-charger';
import { startEmsp } from '@roambridge/sim-emsp';
import { eventually } from '../support/eventually.js';
import { duration, quickest } from '../support/quickest.js';
import { type ConsoleWorld, onEachScreen, REASON } from './world.js';

/** What happens at a charger is on the screen within this time. */
const LIVE_MS = 1_000;

/** What people decide in the console: about bills, about what needs attention, about strangers and partners. */
export function decisionCases(world: () => ConsoleWorld, cdrId: () => string): void {
  /** Of 0.5 kWh, like that of the world. */
  async function anotherBill(): Promise<string> {
    const { charger, gateway } = world();
    const known = new Set((await gateway.operator.list('/cdrs')).map(({ id }) => id));
    await charger.startTransaction({ outlet: 1, idTag: '04A1C0FFEE2210', meterStartWh: 30_000 });
    await charger.stopTransaction(1, { meterStopWh: 30_500, reason: 'Local', idTag: '04A1C0FFEE2210' });
    return eventually('another CDR', async () => {
      const [newest] = await gateway.operator.list('/cdrs');
      return newest === undefined || known.has(newest.id) ? undefined : String(newest.id);
    });
  }

  test('a bill is made anew and taken back, each with a reason that stays with it', async () => {
    const { operator } = world().gateway;
    const bills = [cdrId(), await anotherBill()];
    await onEachScreen(
      world(),
      (nth) => `/cdrs/${bills[nth]}`,
      async (page, questions, nth) => {
        const id = bills[nth];
        await page.getByTestId('correction').locator('summary').click();
        expect(await page.getByTestId('correct').isDisabled()).toBe(true);
        await page.getByLabel('Reason (kept').fill(REASON);
        await page.getByTestId('correct').click();
        await page.getByText('nothing would change').waitFor();
        await page.getByLabel('Energy in kWh').fill('0.4');
        await page.getByTestId('correct').click();
        await page.getByText(`Replaces ${id}`).waitFor();
        // 0.4 kWh at 0.39 EUR.
        await page.getByTestId('bill-total').getByText('0.16 EUR').waitFor();
        await page.getByTestId('credit').click();
        await page.getByText('Takes back').waitFor();
        expect(questions).toEqual([
          `Make CDR ${id} anew?`,
          `Make CDR ${id} anew?`,
          expect.stringMatching(/^Why is CDR .* taken back\?$/),
        ]);
      },
    );
    const cdrs = await operator.list('/cdrs');
    const credits = cdrs.filter(({ reason }) => reason === REASON).map(({ credit }) => credit === true);
    expect(credits).toEqual([true, false, true, true, false, true]);
  });

  test('what needs attention leads to the bill that is held, and is marked as resolved', async () => {
    const { modern, gateway } = world();
    const { operator } = gateway;
    await onEachScreen(world(), '/attention', async (page) => {
      await modern.startTransaction({ outlet: 2, idTag: '04A1C0FFEE2210', meterStartWh: 5_000 });
      await modern.meterValues(2, 5_500);
      await modern.stopTransaction(2, { meterStopWh: 5_500, reason: 'Local', idTag: '04A1C0FFEE2210' });
      await eventually('a held CDR', async () =>
        (await operator.list('/attention')).some(({ kind }) => String(kind).startsWith('cdr-held')),
      );
      const held = page.locator('[data-testid^="attention-"]', { hasText: 'cdr held: no tariff' });
      await held.getByRole('link', { name: 'open the CDR' }).click();
      await page.getByText('held: no tariff').waitFor();
      await page.goBack();
      await held.getByRole('button', { name: 'Mark as resolved' }).click();
      await held.waitFor({ state: 'detached' });
      await page.getByLabel('show resolved too').check();
      await held.first().waitFor();
    });
  });

  test(`a stranger that knocks is shown within ${LIVE_MS} ms, with the address to enter, and is added`, async () => {
    const { gateway } = world();
    await onEachScreen(world(), '/unknown-stations', async (page, questions, round) => {
      if (round === 0) await page.getByText('No charger was refused').waitFor();
      const knock = (identity: string) =>
        startCharger({
          url: gateway.gateway.urls.ocpp.replace(/\/$/, ''),
          identity,
          password: 'password-of-a-stranger',
          protocol: 'ocpp1.6',
        });
      const shown = (nth: number) =>
        duration(() =>
          Promise.all([
            page.getByTestId(`refusal-STRANGER-${round}${nth}`).waitFor(),
            expect(knock(`STRANGER-${round}${nth}`)).rejects.toThrow(),
          ]),
        );
      expect(await quickest(LIVE_MS, shown)).toBeLessThan(LIVE_MS);
      const row = page.getByTestId(`refusal-STRANGER-${round}0`);
      expect(await row.locator('pre').textContent()).toContain(`/ocpp/STRANGER-${round}0`);
      await row.getByRole('button', { name: 'Add' }).click();
      await page.getByTestId('station-page').getByText('never connected').first().waitFor();
      expect(questions).toEqual([`Add on STRANGER-${round}0?`]);
    });
  });

  test('a partner is invited, another one registered with, and its tokens are replaced', async () => {
    const { operator } = world().gateway;
    await onEachScreen(world(), '/partners', async (page, _questions, nth) => {
      const emsp = await startEmsp({
        version: '2.3.0',
        country_code: 'NL',
        party_id: `CO${nth}`,
        name: 'Console',
        tokens: [],
      });
      await page.getByLabel('Name of the partner').first().fill('Invited');
      await page.getByRole('button', { name: 'Invite a partner' }).click();
      const shown = page.locator('pre');
      expect((await shown.textContent())?.split('\n')).toEqual([
        expect.stringMatching(/\/ocpi\/versions$/),
        expect.stringMatching(/^\S{20,}$/),
      ]);
      const { versionsUrl, token } = emsp.offerRegistration();
      await page.getByLabel('Name of the partner').nth(1).fill('Connected');
      await page.getByLabel('Its versions URL').fill(versionsUrl);
      await page.getByLabel('The token that it gave us').fill(token);
      await page.getByRole('button', { name: 'Register with a partner' }).click();
      await page.getByTestId('partner-page').getByText('2.3.0').first().waitFor();
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByText('it has a new token').waitFor();
      const made = await eventually('the partner', async () =>
        (await operator.list('/partners')).find(({ name, rotated_at }) => name === 'Connected' && rotated_at),
      );
      for (const { id, name } of await operator.list('/partners')) {
        if (name === 'Invited' || id === made.id) await operator.call('DELETE', `/partners/${String(id)}`);
      }
      await emsp.close();
    });
  });
}
