import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const debianPostgres = '/usr/lib/postgresql';
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * What this machine offers the tests beyond Node. Each entry:
 * `name`; `found` (where it is, empty when absent); `skips` (what does not run without it);
 * `enable` (the one command that changes that); `env` (what the tests read).
 */
export function findCapabilities({ root, env }) {
  const postgres = env.TEST_PG_BIN ?? findPostgres(env);
  const chromium = env.TEST_CHROMIUM ?? findOnPath(chromiumNames, env);
  const capabilities = [
    {
      name: 'PostgreSQL',
      found: env.DATABASE_URL ? 'DATABASE_URL' : postgres,
      skips: 'storage tests against PostgreSQL (the embedded database is tested)',
      enable: 'apt-get install postgresql',
      env: { TEST_PG_BIN: postgres },
    },
    {
      name: 'Chromium',
      found: chromium,
      skips: 'console tests in a real browser',
      enable: 'apt-get install chromium',
      env: { TEST_CHROMIUM: chromium },
    },
  ];
  // Redis carries ownership and the bus between nodes, which packages/cluster implements.
  if (existsSync(join(root, 'packages/cluster'))) {
    capabilities.push({
      name: 'Redis',
      found: env.REDIS_URL ? 'REDIS_URL' : findOnPath(['redis-server'], env),
      skips: 'tests of several nodes that share a Redis',
      enable: 'apt-get install redis-server',
      env: {},
    });
  }
  return capabilities;
}

/** One line for each capability, found or not. */
export function describeCapabilities(capabilities) {
  return capabilities.map((one) => (one.found === '' ? describeSkip(one) : `${one.name}: ${one.found}`));
}

/** One line for each missing capability; empty when everything can run. */
export function describeSkipped(capabilities) {
  return capabilities.filter((one) => one.found === '').map(describeSkip);
}

function describeSkip({ name, skips, enable }) {
  return `${name}: not found; skipped: ${skips}; to enable: ${enable}`;
}

/** Folder that holds initdb: the newest Debian server, else the one on the PATH, else empty. */
function findPostgres(env) {
  const versions = existsSync(debianPostgres) ? readdirSync(debianPostgres) : [];
  const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
  const debian = newestFirst.map((version) => join(debianPostgres, version, 'bin'));
  const folders = [...debian, ...pathFolders(env)];
  return folders.find((folder) => isExecutable(join(folder, 'initdb'))) ?? '';
}

function findOnPath(names, env) {
  const candidates = names.flatMap((name) => pathFolders(env).map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? '';
}

function pathFolders(env) {
  return (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
