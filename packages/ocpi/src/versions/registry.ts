import { adapter211 } from '../v211/adapter.js';
import { adapter221 } from '../v221/adapter.js';
import { adapter230 } from '../v230/adapter.js';
import type { OcpiVersion, VersionAdapter } from './adapter.js';

/** All versions that this platform speaks, at once. */
export const ADAPTERS = {
  '2.1.1': adapter211,
  '2.2.1': adapter221,
  '2.3.0': adapter230,
} satisfies Record<OcpiVersion, VersionAdapter>;

const BY_NAME = new Map<string, VersionAdapter>(Object.entries(ADAPTERS));

export function adapterOf(version: string | undefined): VersionAdapter | undefined {
  return version === undefined ? undefined : BY_NAME.get(version);
}
