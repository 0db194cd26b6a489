import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type ConsoleWorld, onEachScreen } from './world.js';

/** Both chargers have 300 s. What is wanted before the reading that follows a boot would be set by the gateway. */
async function want(
  { gateway: { operator } }: ConsoleWorld,
  id: string,
  protocol: string,
  key: string,
): Promise<void> {
  if (protocol === 'ocpp1.6') {
    await eventually(`configuration of ${id}`, () =>
      operator.get(`/stations/${id}/configuration`).catch(() => undefined),
    );
  }
  const configuration = { [key]: { min: 600, max: 900, set: '700' } };
  await operator.put(`/stations/${id}`, { security_profile: 1, protocols: [protocol], configuration });
}

/** Configuration keys and device model: what differs, and how a value is changed. */
export function configurationCases(world: () => ConsoleWorld): void {
  test('keys of OCPP 1.6 are read, held against the template, and set as wanted (B-060)', async () => {
    await want(world(), 'PG-16', 'ocpp1.6', 'HeartbeatInterval');
    const { operator } = world().gateway;
    await onEachScreen(world(), '/stations/PG-16?tab=configuration', async (page, questions) => {
      await operator.post('/stations/PG-16/ocpp/ChangeConfiguration', {
        key: 'HeartbeatInterval',
        value: '300',
      });
      await page.getByTestId('read-again').click();
      const wrong = page.getByTestId('value-HeartbeatInterval');
      await wrong.getByText('! wanted: 600 to 900').waitFor();
      await page
        .getByTestId('value-NumberOfConnectors')
        .getByText(/^read only · \d+ s ago$/)
        .waitFor();
      await wrong.getByRole('button', { name: 'Set 700' }).click();
      await page.getByTestId('value-HeartbeatInterval').getByText('✓ as wanted: 600 to 900').waitFor();
      expect(questions).toEqual([expect.stringContaining('Set HeartbeatInterval to 700 on PG-16?')]);
      await page.getByText('→ 700').first().waitFor();
      await page.getByRole('searchbox').fill('heartbeat');
      await page.getByTestId('value-NumberOfConnectors').waitFor({ state: 'detached' });
      expect(new URL(page.url()).searchParams.get('find')).toBe('heartbeat');
    });
  });

  test('a charger that takes a value after a restart only says so, and can be restarted from there', async () => {
    const { charger } = world();
    charger.onCall('ChangeConfiguration', () => ({ status: 'RebootRequired' }));
    await onEachScreen(world(), '/stations/PG-16?tab=configuration&find=ping', async (page) => {
      const row = page.getByTestId('value-WebSocketPingInterval');
      await row.getByRole('button', { name: 'change WebSocketPingInterval' }).click();
      await row.getByLabel('New value of WebSocketPingInterval').fill('45');
      await row.getByRole('button', { name: 'Send it' }).click();
      await row.getByText('! RebootRequired').waitFor();
      await row.getByRole('button', { name: 'Restart now' }).waitFor();
    });
  });

  test('variables of OCPP 2.0.1 come with the report, and one is set (C-023)', async () => {
    await want(world(), 'PG-NEW', 'ocpp2.0.1', 'OCPPCommCtrlr.HeartbeatInterval');
    const { operator } = world().gateway;
    await onEachScreen(world(), '/stations/PG-NEW?tab=configuration', async (page, _questions, nth) => {
      if (nth > 0) {
        // As it was.
        const heartbeat = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
        const setVariableData = [{ ...heartbeat, attributeValue: '300' }];
        await operator.post('/stations/PG-NEW/ocpp/SetVariables', { setVariableData });
        await page.getByTestId('read-again').click();
      }
      const row = page.getByTestId('value-HeartbeatInterval');
      await row.getByText('! wanted: 600 to 900').waitFor();
      await row.getByRole('button', { name: 'Set 700' }).click();
      await page.getByTestId('value-HeartbeatInterval').getByText('✓ as wanted: 600 to 900').waitFor();
      await page.getByTestId('read-again').click();
      await page.getByText('✓ complete').first().waitFor();
    });
    await onEachScreen(world(), '/stations/PG-201?tab=configuration', async (page) => {
      await page.getByText('The station never connected, so it told nothing yet.').waitFor();
    });
  });
}
