import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeCapabilities, describeSkipped, findCapabilities } from '../capabilities.mjs';
import { temporaryTree } from './support/temporary-tree.js';

const nothing = { PATH: '', TEST_PG_BIN: '', TEST_CHROMIUM: '' };

describe('capabilities', () => {
  test('names what is skipped and the one command that enables it', () => {
    const found = findCapabilities({ root: temporaryTree({}), env: nothing });
    expect(describeSkipped(found)).toEqual([
      'PostgreSQL: not found; skipped: storage tests against PostgreSQL (the embedded database is tested); to enable: apt-get install postgresql',
      'Chromium: not found; skipped: console tests in a real browser; to enable: apt-get install chromium',
    ]);
  });

  test('passes on where a tool was found, on the PATH or by setting', () => {
    const bin = join(temporaryTree({ 'bin/chromium': '' }), 'bin');
    chmodSync(join(bin, 'chromium'), 0o755);
    const env = { PATH: bin, TEST_PG_BIN: '/opt/postgres/bin' };
    const found = findCapabilities({ root: temporaryTree({}), env });
    expect(Object.assign({}, ...found.map((one) => one.env))).toEqual({
      TEST_PG_BIN: '/opt/postgres/bin',
      TEST_CHROMIUM: join(bin, 'chromium'),
    });
    expect(describeSkipped(found)).toEqual([]);
    expect(describeCapabilities(found)).toEqual([
      'PostgreSQL: /opt/postgres/bin',
      `Chromium: ${join(bin, 'chromium')}`,
    ]);
  });

  test('counts a PostgreSQL that DATABASE_URL names as present', () => {
    const env = { ...nothing, DATABASE_URL: 'postgres://localhost/test' };
    const [postgres] = findCapabilities({ root: temporaryTree({}), env });
    expect(postgres).toMatchObject({ found: 'DATABASE_URL', env: { TEST_PG_BIN: '' } });
  });

  test('asks for Redis only where several nodes can run', () => {
    const root = temporaryTree({ 'packages/cluster/package.json': {} });
    expect(describeSkipped(findCapabilities({ root, env: nothing })).join('\n')).toContain(
      'apt-get install redis-server',
    );
  });
});
