import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runTool } from '../run-tool.mjs';
import { consoleHash } from '../setup/build-console.mjs';
import { dependencyHash } from '../setup/install-dependencies.mjs';
import { requireNode } from '../setup/require-node.mjs';
import { isStamped, writeStamp } from '../setup/stamp.mjs';
import { temporaryTree } from './support/temporary-tree.js';

describe('the Node version', () => {
  const root = temporaryTree({ 'package.json': { engines: { node: '>=20.19' } } });

  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s is enough', (version) => {
    expect(() => requireNode(root, version)).not.toThrow();
  });

  test.each(['20.18.3', '18.20.0', '9.0.0'])('%s is refused with both versions named', (version) => {
    expect(() => requireNode(root, version)).toThrow(
      `Node ${version} is too old. Roambridge needs Node 20.19`,
    );
  });
});

describe('the installation', () => {
  const files = {
    'package.json': '{}',
    'pnpm-lock.yaml': 'a',
    'pnpm-workspace.yaml': 'a',
    'packages/core/package.json': '{}',
    'packages/core/src/index.ts': 'one',
  };

  test.each(['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'packages/core/package.json'])(
    'is repeated after a change of %s',
    (path) => {
      const root = temporaryTree(files);
      const before = dependencyHash(root);
      writeFileSync(join(root, path), '{"changed":true}');
      expect(dependencyHash(root)).not.toBe(before);
    },
  );

  test('is repeated after a new package and not after a change of a source', () => {
    const root = temporaryTree(files);
    const before = dependencyHash(root);
    writeFileSync(join(root, 'packages/core/src/index.ts'), 'two');
    expect(dependencyHash(root)).toBe(before);
    const grown = temporaryTree({ ...files, 'apps/gateway/package.json': '{}' });
    expect(dependencyHash(grown)).not.toBe(before);
  });
});

describe('the console bundle', () => {
  test('is made again after a source changed or went away, and not after a test changed', () => {
    const root = temporaryTree({
      'pnpm-lock.yaml': 'a',
      'apps/console/index.html': 'one',
      'apps/console/src/page.tsx': 'one',
      'apps/console/test/page.test.ts': 'one',
    });
    const first = consoleHash(root);
    writeFileSync(join(root, 'apps/console/test/page.test.ts'), 'two');
    expect(consoleHash(root)).toBe(first);
    writeFileSync(join(root, 'apps/console/src/page.tsx'), 'two');
    const second = consoleHash(root);
    expect(second).not.toBe(first);
    rmSync(join(root, 'apps/console/src/page.tsx'));
    expect(consoleHash(root)).not.toBe(second);
  });
});

test('a stamp vouches for the value that was written and for no other', () => {
  const path = join(temporaryTree({}), 'node_modules', '.stamp');
  expect(isStamped(path, 'one')).toBe(false);
  writeStamp(path, 'one');
  expect(isStamped(path, 'one')).toBe(true);
  expect(isStamped(path, 'two')).toBe(false);
});

test('a failing step is reported with its own output', () => {
  const script = "console.log('out'); console.error('err'); process.exit(3)";
  const run = () =>
    runTool({ what: 'the step', command: process.execPath, args: ['-e', script], cwd: process.cwd() });
  expect(run).toThrow('the step failed (exit code 3)\nout\nerr');
});
