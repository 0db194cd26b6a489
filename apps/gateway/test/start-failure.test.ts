import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings } from '../src/settings.js';
import { startFailure } from '../src/start-failure.js';
import { isBuilt, runRefusedGateway } from './support/gateway-process.js';

const REFUSED_WITHIN_MS = 20_000;

function failure(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing failed');
}

test('a port that another process has is told with its setting', async () => {
  const first = createServer();
  await new Promise<void>((resolve) => first.listen(0, resolve));
  const address = first.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const error = await new Promise((resolve) => createServer().once('error', resolve).listen(port));
  await new Promise((resolve) => first.close(resolve));
  expect(startFailure(error, readSettings({ OCPI_PORT: String(port) }))).toBe(
    `OCPI_PORT: cannot listen on port ${port}: another process listens there`,
  );
});

test('a file that cannot be read is told with its setting', () => {
  const tls = { OCPP_TLS_PORT: '9443', OCPP_TLS_CERT: 'none.pem', OCPP_TLS_KEY: 'key.pem,no-key.pem' };
  const said = (path: string) =>
    startFailure(
      failure(() => readFileSync(path)),
      readSettings(tls),
    );
  expect(said('none.pem')).toBe('OCPP_TLS_CERT: none.pem cannot be read: there is no such file or directory');
  expect(said('no-key.pem')).toContain('OCPP_TLS_KEY: no-key.pem');
  expect(said('other.pem')).toBeUndefined();
});

test('an error that no setting explains is left as it is', () => {
  expect(startFailure(new TypeError('x is not a function'), readSettings({}))).toBeUndefined();
  expect(startFailure('x', readSettings({}))).toBeUndefined();
});

(isBuilt ? test : test.skip)(
  'a gateway that cannot start says why in one line, and by which setting',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rb-start-'));
    const file = join(directory, 'file');
    await writeFile(file, '');
    const ports = { OCPP_PORT: '0', OCPI_PORT: '0', OPERATOR_PORT: '0' };
    const [noDirectory, noDatabase] = await Promise.all([
      runRefusedGateway({ ...ports, DATA_DIR: file }, REFUSED_WITHIN_MS),
      runRefusedGateway(
        { ...ports, DATA_DIR: directory, DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none' },
        REFUSED_WITHIN_MS,
      ),
    ]);
    await rm(directory, { recursive: true });
    expect(noDirectory).toMatchObject({
      code: 1,
      output: expect.stringContaining('cannot start: DATA_DIR: '),
    });
    expect(noDatabase).toMatchObject({
      code: 1,
      output: expect.stringContaining('DATABASE_URL: the database cannot be reached (connect ECONNREFUSED'),
    });
    for (const { output } of [noDirectory, noDatabase]) {
      expect(output).not.toContain('    at ');
      expect(output).not.toContain('secret');
    }
  },
  REFUSED_WITHIN_MS,
);
