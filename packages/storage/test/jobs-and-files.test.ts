import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { SecurityEvent, StationJob } from '@roambridge/core';
import { openFileVault } from '../src/file-vault.js';
import { onEveryDatabase } from './support/on-every-database.js';
import { T0 } from './support/samples.js';

const job = (id: string, stationId: string, more: Partial<StationJob> = {}): StationJob => ({
  id,
  stationId,
  kind: 'firmware',
  action: 'UpdateFirmware',
  state: 'running',
  status: 'Requested',
  history: [{ status: 'Requested', at: T0 }],
  createdAt: T0,
  updatedAt: T0,
  ...more,
});

const event = (id: string, stationId: string, critical: boolean): SecurityEvent => ({
  id,
  stationId,
  type: 'T',
  critical,
  at: T0,
  receivedAt: T0,
});

onEveryDatabase((opened) => {
  test('jobs are upserted by id, listed newest first and pruned by their last word (B-010)', async () => {
    const { store } = opened;
    await store.commit({ stationId: 'J', jobs: [job('j1', 'J'), job('j2', 'J', { kind: 'log' })] });
    await store.commit({ stationId: 'J', jobs: [job('j3', 'J')] });
    await store.commit({
      stationId: 'J',
      jobs: [job('j1', 'J', { status: 'Installed', updatedAt: T0 + 1 })],
    });
    expect((await store.jobs.newest('J', 'firmware', 5)).map(({ id }) => id)).toEqual(['j3', 'j1']);
    expect((await store.jobs.get('j1'))?.status).toBe('Installed');
    const page = await store.jobs.page({ limit: 2, stationId: 'J' });
    expect(page.items.map(({ id }) => id)).toEqual(['j3', 'j2']);
    expect(page.nextCursor).toBeDefined();
    expect(await store.jobs.prune(T0 + 1)).toBe(2);
    expect((await store.jobs.page({ limit: 5, stationId: 'J' })).items.map(({ id }) => id)).toEqual(['j1']);
  });

  test('security events are appended and never changed (B-011)', async () => {
    const { store } = opened;
    await store.commit({ stationId: 'S', securityEvents: [event('s1', 'S', true), event('s2', 'S', false)] });
    await store.commit({ stationId: 'S', securityEvents: [{ ...event('s1', 'S', true), type: 'changed' }] });
    const page = await store.securityEvents.page({ limit: 5, stationId: 'S', critical: true });
    expect(page.items).toEqual([event('s1', 'S', true)]);
    expect(await store.securityEvents.prune(T0 + 1)).toBe(2);
  });

  test('a configuration is replaced by station', async () => {
    const { stationConfigurations } = opened.store;
    const configuration = { firmware: '1', readAt: T0, values: {}, unknownKeys: [], set: [] };
    await stationConfigurations.put('C', configuration);
    await stationConfigurations.put('C', { ...configuration, firmware: '2' });
    expect((await stationConfigurations.get('C'))?.firmware).toBe('2');
    await stationConfigurations.remove('C');
    expect(await stationConfigurations.get('C')).toBeUndefined();
  });

  test('files are summed up, grants are removed once', async () => {
    const { files, fileGrants } = opened.store;
    const file = { id: 'f1', name: 'a', sizeBytes: 5, sha256: '', createdAt: T0 };
    await files.put(file);
    await files.put({ ...file, id: 'f2', stationId: 'F' });
    expect(await files.totalBytes()).toBe(10);
    expect(await files.sentBefore(T0 + 1)).toEqual(['f2']);
    expect((await files.page({ limit: 5, stationId: 'F' })).items.map(({ id }) => id)).toEqual(['f2']);
    expect(await files.remove('f1')).toBe(true);
    expect(await files.get('f1')).toBeUndefined();
    const grant = { tokenHash: 'h', direction: 'upload', stationId: 'F', expiresAt: T0 } as const;
    await fileGrants.put(grant);
    await fileGrants.put({ ...grant, jobId: 'j' });
    expect(await fileGrants.get('h')).toEqual({ ...grant, jobId: 'j' });
    expect(await fileGrants.remove('h')).toBe(true);
    expect(await fileGrants.remove('h')).toBe(false);
    await fileGrants.put(grant);
    expect(await fileGrants.prune(T0 + 1)).toBe(1);
  });
});

test('a file that is too large leaves nothing behind; what was half written is removed at the start', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'roambridge-files-'));
  const id = '00000000-0000-4000-8000-000000000001';
  writeFileSync(join(directory, `${id}.part`), 'half');
  const vault = await openFileVault(directory);
  expect(readdirSync(directory)).toEqual([]);
  await expect(vault.write(id, Readable.from([Buffer.alloc(8)]), 7)).rejects.toMatchObject({
    reason: 'too-large',
  });
  expect(readdirSync(directory)).toEqual([]);
  expect(await vault.write(id, Readable.from([Buffer.from('12345678')]), 8)).toMatchObject({ sizeBytes: 8 });
  expect(await vault.list()).toEqual([id]);
  await expect(vault.read('../secrets.key')).rejects.toThrow('not the id of a file');
  rmSync(directory, { recursive: true });
});
