import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

test('jobs are listed by station, with the words of the charger (B-010)', async () => {
  const job = {
    id: 'j1',
    stationId: 'CP1',
    kind: 'firmware',
    action: 'UpdateFirmware',
    state: 'running',
    status: 'Downloading',
    history: [{ status: 'Downloading', at: 0 }],
    createdAt: 0,
    updatedAt: 0,
  } as const;
  api.edge.state.jobs.push({ ...job, history: [...job.history] });
  const { body } = await api.call('GET', '/jobs?station_id=CP1');
  expect(body.items).toMatchObject([
    { id: 'j1', station_id: 'CP1', status: 'Downloading', history: [{ at: '1970-01-01T00:00:00.000Z' }] },
  ]);
  expect((await api.call('GET', '/jobs/j1')).body.id).toBe('j1');
  expect((await api.call('GET', '/jobs/j2')).status).toBe(404);
});

test('security events can be narrowed to the critical ones (B-011)', async () => {
  const event = { stationId: 'CP1', at: 0, receivedAt: 0 };
  api.edge.state.securityEvents.push(
    { ...event, id: '1', type: 'TamperDetectionActivated', critical: true },
    { ...event, id: '2', type: 'FirmwareUpdated', critical: false },
  );
  const { body } = await api.call('GET', '/security-events?critical=true');
  expect(body.items.map(({ type }: { type: string }) => type)).toEqual(['TamperDetectionActivated']);
});

test('a file is sent as bytes and read back; other content and other roles are refused', async () => {
  const send = (token: string, type = 'application/octet-stream') =>
    fetch(`${api.origin}/api/v1/files?name=fw.bin`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: 'firmware',
    });
  expect((await send('field-token')).status).toBe(403);
  expect((await send('admin-token', 'text/plain')).status).toBe(415);
  const answer = await send('admin-token');
  expect(answer.status).toBe(201);
  const { id, name, size_bytes } = (await answer.json()) as Record<string, unknown>;
  expect([name, size_bytes]).toEqual(['fw.bin', 8]);
  const content = await fetch(`${api.origin}/api/v1/files/${id}/content`, {
    headers: { authorization: 'Bearer field-token' },
  });
  expect(content.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''fw.bin");
  expect(await content.text()).toBe('firmware');
  expect((await api.call('GET', '/files/nothing/content')).status).toBe(404);
  expect((await api.call('DELETE', `/files/${id}`)).status).toBe(204);
  expect((await api.call('DELETE', `/files/${id}`)).status).toBe(404);
});

test('the URL of a file is made for a station that is known', async () => {
  const upload = { direction: 'upload' };
  expect((await api.call('POST', '/stations/CP1/file-urls', upload)).status).toBe(404);
  expect((await api.call('POST', '/stations/CP1/file-urls', { direction: 'download' })).status).toBe(422);
});
