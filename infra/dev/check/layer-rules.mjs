/** Prefix of the names of the workspace's own packages. */
export const scope = '@roambridge/';

/**
 * The layers. For each workspace folder the own packages that its sources may import; imports go
 * down only, and the edges (ocpp, ocpi, operator) never see one another. A folder that is missing
 * here fails the check, so a new package states its place.
 */
export const mayImport = {
  'packages/domain': [],
  'packages/telemetry': [],
  'packages/core': ['domain', 'telemetry'],
  'packages/storage': ['domain', 'core', 'telemetry'],
  'packages/cluster': ['domain', 'core', 'telemetry'],
  'packages/ocpp': ['domain', 'core', 'telemetry'],
  'packages/ocpi': ['domain', 'core', 'telemetry'],
  'packages/operator': ['domain', 'core', 'telemetry'],
  'packages/pki': ['domain', 'core'],
  'apps/gateway': ['domain', 'telemetry', 'core', 'storage', 'cluster', 'ocpp', 'ocpi', 'operator', 'pki'],
  'apps/console': [],
  'apps/cli': [],
  'simulators/charger': [],
  'simulators/emsp': [],
  'simulators/demo': ['sim-charger', 'sim-emsp'],
  'infra/bench': ['sim-emsp'],
};

/** Libraries that stay behind one package, so that replacing them touches one folder. */
export const confinedLibraries = {
  kysely: ['packages/storage'],
  pg: ['packages/storage', 'infra/bench'],
  '@electric-sql/pglite': ['packages/storage', 'infra/bench'],
  ws: ['packages/ocpp', 'infra/bench'],
  undici: ['packages/ocpi'],
  express: ['packages/ocpi', 'packages/operator'],
  redis: ['packages/cluster'],
  'ocpp-rpc': ['simulators/charger'],
  '@peculiar/x509': ['packages/pki'],
};

/** Node's own modules for the folders that may not use all of them: no I/O, no clock, no randomness. */
export const allowedBuiltins = {
  'packages/domain': [],
  'packages/core': ['crypto', 'events'],
};
