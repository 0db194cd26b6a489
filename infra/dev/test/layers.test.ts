import { describe, expect, test } from '@jest/globals';
import { checkLayers } from '../check/layers.mjs';
import { temporaryTree } from './support/temporary-tree.js';

interface Source {
  folder: string;
  code: string;
  dependencies?: string[];
  devDependencies?: string[];
}

function check({ folder, code, dependencies = [], devDependencies = [] }: Source): string[] {
  const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  return checkLayers(
    temporaryTree({
      [`${folder}/package.json`]: {
        dependencies: versions(dependencies),
        devDependencies: versions(devDependencies),
      },
      [`${folder}/src/deep/index.ts`]: code,
    }),
  );
}

describe('layer rules', () => {
  test('accept an edge that uses core, its own library and its own files', () => {
    const code = `
      import { WebSocketServer } from 'ws';
      import { readFile } from 'node:fs/promises';
      import type { Store } from '@roambridge/core';
      import { frame } from '../frame.js';
      // import { Pool } from 'undici';
      const text = "import 'undici'";`;
    expect(check({ folder: 'packages/ocpp', code, dependencies: ['ws', '@roambridge/core'] })).toEqual([]);
  });

  test.each([
    [
      'an edge uses another edge',
      'packages/ocpi',
      '@roambridge/ocpp',
      'may import only domain, core, telemetry',
    ],
    ['core uses storage', 'packages/core', '@roambridge/storage', 'may import only domain, telemetry'],
    ['domain uses telemetry', 'packages/domain', '@roambridge/telemetry', 'no package of the workspace'],
    ['the gateway uses a simulator', 'apps/gateway', '@roambridge/sim-charger', 'may import only'],
    [
      'a simulator uses the gateway code',
      'simulators/charger',
      '@roambridge/ocpp',
      'no package of the workspace',
    ],
    ['the console uses a package', 'apps/console', '@roambridge/domain', 'no package of the workspace'],
    ['the benchmark uses the charger edge', 'infra/bench', '@roambridge/ocpp', 'may import only sim-emsp'],
    ['core uses the query builder', 'packages/core', 'kysely', 'only packages/storage may use it'],
    [
      'an edge uses PostgreSQL',
      'packages/operator',
      'pg',
      'only packages/storage and infra/bench may use it',
    ],
    [
      'the gateway uses the embedded database',
      'apps/gateway',
      '@electric-sql/pglite/node-postgres',
      'only packages/storage and infra/bench',
    ],
    [
      'the partner edge uses WebSockets',
      'packages/ocpi',
      'ws',
      'only packages/ocpp and infra/bench may use it',
    ],
    ['the operator edge uses undici', 'packages/operator', 'undici', 'only packages/ocpi may use it'],
    ['the charger edge uses express', 'packages/ocpp', 'express', 'only packages/ocpi and packages/operator'],
    ['storage uses Redis', 'packages/storage', 'redis', 'only packages/cluster may use it'],
    ['the charger edge uses ocpp-rpc', 'packages/ocpp', 'ocpp-rpc', 'only simulators/charger may use it'],
    ['domain uses a module of Node', 'packages/domain', 'node:crypto', 'may use no modules of Node'],
    ['core uses the file system', 'packages/core', 'node:fs', 'may use only the crypto and events modules'],
    [
      'core uses it without the prefix',
      'packages/core',
      'fs/promises',
      'may use only the crypto and events modules',
    ],
    [
      'the internals of a package are used',
      'packages/ocpp',
      '@roambridge/core/src/ids.js',
      'only the door of',
    ],
    ['a relative path leaves the package', 'packages/ocpp', '../../../core/src/ids.js', 'it leaves src'],
    ['a library is not declared', 'packages/ocpi', 'zod', 'package.json does not declare it'],
  ])('fail when %s', (_what, folder, specifier, reason) => {
    const problems = check({ folder, code: `import { x } from '${specifier}';` });
    expect(problems).toEqual([
      expect.stringContaining(`${folder}/src/deep/index.ts: import of ${specifier}: `),
    ]);
    expect(problems[0]).toContain(reason);
  });

  test.each([
    ["export * from 'undici';"],
    ["export type { Pool } from 'undici';"],
    ["import type { Pool } from 'undici';"],
    ["import 'undici';"],
    ["type Pool = import('undici').Pool;"],
    ["const { Pool } = await import('undici');"],
    ["const { Pool } = require('undici');"],
    ["const path = import.meta.resolve('undici');"],
  ])('see through the form %s', (code) => {
    expect(check({ folder: 'packages/core', code })).toHaveLength(1);
  });

  test('accept types from a development dependency, and only types', () => {
    const folder = 'packages/ocpi';
    const devDependencies = ['qs'];
    expect(check({ folder, code: "import type { Q } from 'qs';", devDependencies })).toEqual([]);
    expect(check({ folder, code: "import { q } from 'qs';", devDependencies })).toHaveLength(1);
  });

  test('fail when a manifest depends on what no source may import', () => {
    expect(check({ folder: 'packages/core', code: '', dependencies: ['@roambridge/ocpi', 'pg'] })).toEqual([
      expect.stringContaining('packages/core/package.json: dependency on @roambridge/ocpi'),
      expect.stringContaining('packages/core/package.json: dependency on pg'),
    ]);
  });

  test('fail when a package has no place in the layers', () => {
    expect(check({ folder: 'packages/billing', code: '' })).toEqual([
      expect.stringContaining('packages/billing: has no place'),
    ]);
  });
});
