import { expect, test } from '@jest/globals';
import type { Charger } from '@roambridge/sim-charger';
import { feedStateIs, SCREENS } from '../support/console-browser.js';
import { type ConsoleWorld, onEachScreen } from './world.js';

/** Payloads of an action that a charger was asked; the gateway asks other things by itself. */
function asked(charger: Charger, action: string): unknown[] {
  return charger.received.filter((call) => call.action === action).map(({ payload }) => payload);
}

/** Commands as forms made from the schema of the action. */
export function commandCases(world: () => ConsoleWorld): void {
  test('limits of a command are checked before it is sent, and its outcome is shown', async () => {
    const { charger } = world();
    const path = '/stations/PG-16?tab=commands&command=ChangeConfiguration';
    await onEachScreen(world(), path, async (page, questions, nth) => {
      const outcome = page.getByTestId('command-outcome');
      await page.getByLabel('key (needed)').fill('k'.repeat(51));
      await page.getByText('at most 50 characters; these are 51').waitFor();
      await page.getByTestId('send-command').click();
      await outcome.getByText('Not sent: some values are missing or wrong.').waitFor();
      await outcome.getByText('value: is needed').waitFor();
      const before = asked(charger, 'ChangeConfiguration').length;
      expect(before).toBe(nth * 2);
      await page.getByLabel('key (needed)').fill('HeartbeatInterval');
      await page.getByLabel('value (needed)').fill('240');
      await page.getByTestId('send-command').click();
      await outcome.getByText('✓ The charger answered: Accepted').waitFor();
      expect(questions).toEqual([expect.stringContaining('ChangeConfiguration on PG-16?')]);
      expect(asked(charger, 'ChangeConfiguration').slice(before)).toEqual([
        { key: 'HeartbeatInterval', value: '240' },
      ]);
      await page.getByLabel('key (needed)').fill('NumberOfConnectors');
      await page.getByTestId('send-command').click();
      await outcome.getByText('✗ The charger answered: Rejected').waitFor();
      const history = page.getByTestId('command-history').locator('li', { hasText: 'ChangeConfiguration' });
      await history.first().getByText('✗ Rejected').waitFor();
      await history.nth(1).getByText('✓ Accepted').waitFor();
    });
  });

  test('nested values, the JSON behind the form, and the reason of a charger that refuses', async () => {
    const { modern } = world();
    const path = '/stations/PG-NEW?tab=commands&command=RequestStartTransaction';
    modern.onCall('RequestStartTransaction', () => ({
      status: 'Rejected',
      statusInfo: { reasonCode: 'NoCable', additionalInfo: 'plug in first' },
    }));
    await onEachScreen(world(), path, async (page, _questions, nth) => {
      const outcome = page.getByTestId('command-outcome');
      expect(await page.getByLabel('evseId').inputValue()).toBe('1');
      expect(await page.getByLabel('type (needed)').inputValue()).toBe('Local');
      await page.getByText('What will be sent (JSON)').click();
      const raw = page.getByTestId('raw-payload').locator('textarea');
      const sent = JSON.parse(await raw.inputValue());
      expect(sent).toMatchObject({ evseId: 1, idToken: { idToken: 'TEST-TOKEN', type: 'Local' } });
      await raw.fill('{');
      await page.getByTestId('send-command').click();
      await outcome.getByText('This is not JSON').waitFor();
      await raw.fill(JSON.stringify({ ...sent, remoteStartId: 7 }));
      expect(await page.getByLabel('remoteStartId (needed)').inputValue()).toBe('7');
      await page.getByTestId('send-command').click();
      await outcome.getByText('✗ The charger answered: Rejected').waitFor();
      await outcome.getByText('NoCable: plug in first').first().waitFor();
      expect(asked(modern, 'RequestStartTransaction').slice(nth)).toEqual([{ ...sent, remoteStartId: 7 }]);
    });
  });

  test('a station that is not connected has its forms too, and the answer says that nothing was sent', async () => {
    await onEachScreen(world(), '/stations/PG-201?tab=commands&command=ClearCache', async (page) => {
      await page.getByText('This action takes no values.').waitFor();
      await page.getByTestId('send-command').click();
      await page.getByTestId('command-outcome').getByText('✗ Not connected: nothing was sent.').waitFor();
      await page.getByText('Nothing was asked of this station yet.').waitFor();
    });
  });

  test('whoever may only look is told so before anything is sent', async () => {
    const { browser, gateway } = world();
    const context = await browser.newContext({ viewport: SCREENS.phone });
    const page = await context.newPage();
    const { url } = await gateway.operator.post('/sign-in-links', { role: 'viewer' });
    await page.goto(String(url));
    await feedStateIs(page, /^live/);
    await page.goto(new URL('/stations/PG-16?tab=commands&command=TriggerMessage', page.url()).href);
    await page.getByText('needs the role field').waitFor();
    expect(await page.getByTestId('send-command').isDisabled()).toBe(true);
    await context.close();
  });
}
