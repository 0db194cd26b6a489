import { expect, test } from '@jest/globals';
import { type ConsoleWorld, onEachScreen } from './world.js';

const HASH = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '0123' };

/** Certificates and security events, firmware and logs. */
export function securityAndFileCases(world: () => ConsoleWorld): void {
  test('a charger is asked which certificates it trusts, and tells of its security', async () => {
    const { modern } = world();
    modern.onCall('GetInstalledCertificateIds', () => ({
      status: 'Accepted',
      certificateHashDataChain: [{ certificateType: 'CSMSRootCertificate', certificateHashData: HASH }],
    }));
    modern.onCall('DeleteCertificate', () => ({ status: 'Accepted' }));
    await onEachScreen(world(), '/stations/PG-NEW?tab=security', async (page, questions, nth) => {
      if (nth === 0) await page.getByText('The charger was not asked yet').waitFor();
      await page.getByTestId('ask-certificates').click();
      const installed = page.getByTestId('installed-certificates').locator('li');
      await installed.getByText('serial number 0123').waitFor();
      await page.getByText('Install a certificate…').click();
      await page.getByLabel('Certificate (PEM)').fill('MIIB');
      await page.getByText('✗ This is not a certificate in PEM').waitFor();
      await modern.call('SecurityEventNotification', {
        type: 'TamperDetectionActivated',
        timestamp: new Date().toISOString(),
        techInfo: '<b>door</b>',
      });
      const event = page.getByTestId('security-events').locator('li').first();
      await event.getByText('! critical').waitFor();
      await event.getByText('<b>door</b>').waitFor();
      await installed.getByRole('button', { name: 'Delete…' }).click();
      await installed.getByText('Accepted').waitFor();
      expect(questions.at(-1)).toContain('Delete CSMSRootCertificate 0123 from PG-NEW?');
    });
  });

  test('firmware goes to a charger and a log comes from it, and every word of the charger is shown (B-033, B-034)', async () => {
    const { charger } = world();
    charger.onCall('UpdateFirmware', () => ({}));
    charger.onCall('GetDiagnostics', () => ({ fileName: 'diag.zip' }));
    await onEachScreen(world(), '/stations/PG-16?tab=files', async (page, _questions, nth) => {
      if (nth === 0) await page.getByText('No charger was asked for firmware or a log yet.').waitFor();
      const name = `fw-${nth}.bin`;
      await page.getByTestId('upload').setInputFiles({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('firmware'),
      });
      await page.getByText(`✓ ${name} is here`).waitFor();
      await page.getByRole('combobox', { name: /^File/ }).selectOption(name);
      await page.getByTestId('update-firmware').click();
      await page.getByText('✓ asked for; every word').waitFor();
      const jobs = page.getByTestId('jobs').locator('li');
      await charger.call('FirmwareStatusNotification', { status: 'Downloading' });
      await jobs.first().getByText('… running: Downloading').waitFor();
      await page.getByTestId('get-log').click();
      await page.getByText('✓ asked for; the file appears').waitFor();
      const asked = charger.received.findLast(({ action }) => action === 'GetDiagnostics');
      const { status } = await fetch(String(asked?.payload.location), { method: 'PUT', body: 'a log' });
      expect(status).toBe(201);
      await charger.call('DiagnosticsStatusNotification', { status: 'Uploaded' });
      await jobs.filter({ hasText: 'GetDiagnostics' }).first().getByText('✓ done: Uploaded').waitFor();
      await page.getByTestId('files').getByText('from PG-16').nth(nth).waitFor();
    });
    await onEachScreen(world(), '/files', async (page) => {
      await page.getByTestId('files').getByText('fw-1.bin').waitFor();
      await page.getByTestId('jobs').getByText('PG-16').first().waitFor();
    });
  });
}
