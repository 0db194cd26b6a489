import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Throws when `version` (such as `20.18.1`) is older than the lowest version that `engines.node` of
 * the root package.json allows (`>=major.minor`).
 */
export function requireNode(root, version) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lowest = /^>=(\d+)\.(\d+)/.exec(engines.node);
  if (lowest === null)
    throw new Error(`engines.node in package.json is not ">=major.minor": ${engines.node}`);
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = lowest.slice(1).map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(
    `Node ${version} is too old. Roambridge needs Node ${wantedMajor}.${wantedMinor} or newer: https://nodejs.org/en/download`,
  );
}
