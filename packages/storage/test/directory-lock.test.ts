import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { lockDirectory } from '../src/database/directory-lock.js';

const root = mkdtempSync(join(tmpdir(), 'rb-lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a directory is made, locked, and free again after the release', async () => {
  const directory = join(root, 'made', 'data');
  const lock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  await lock.release();
  expect(readdirSync(directory)).toEqual([]);
  await (await lockDirectory(directory)).release();
});

test('a path too long for a socket is locked all the same', async () => {
  const directory = join(root, 'a-long-name-'.repeat(6), 'b-long-name-'.repeat(6));
  const lock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  await lock.release();
});

test('of many that want the same directory at once exactly one gets it, whatever was left there', async () => {
  const directory = join(root, 'race');
  mkdirSync(directory);
  writeFileSync(join(directory, 'gateway.0123456789abcdef.lock'), '');
  for (let round = 0; round < 5; round += 1) {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)));
    const taken = results.filter((result) => result.status === 'fulfilled');
    expect(taken).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'DATA_DIR_IN_USE' });
    }
    await taken[0]?.value.release();
    expect(readdirSync(directory)).toEqual([]);
  }
});

test('one that gives up while it is asked does not have the directory', async () => {
  const directory = join(root, 'left');
  mkdirSync(directory);
  const other = createServer((socket) => {
    socket.destroy();
    other.close();
  });
  await new Promise<void>((resolve) => {
    other.listen(join(directory, 'gateway.ffffffffffffffff.lock'), resolve);
  });
  await (await lockDirectory(directory)).release();
  expect(readdirSync(directory)).toEqual([]);
});

test('one that never says who it is has the directory', async () => {
  const directory = join(root, 'mute');
  mkdirSync(directory);
  const other = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    other.listen(join(directory, 'gateway.ffffffffffffffff.lock'), resolve);
  });
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  await new Promise((resolve) => other.close(resolve));
});
