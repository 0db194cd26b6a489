/** Tests run the TypeScript sources (export condition `source`) as ES modules. */
export default {
  testMatch: ['<rootDir>/{apps,packages,simulators,infra}/**/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  // Of every test and hook that names no other: no measure of anything, it ends what hangs on the slowest machine.
  testTimeout: 120_000,
  maxWorkers: 3,
  testSequencer: '<rootDir>/infra/dev/slow-first.mjs',
};
