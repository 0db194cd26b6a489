import type { ModuleId, OcpiVersion } from '../versions/adapter.js';

/** Where partners get the list of versions: the URL that is exchanged out of band and in credentials (VE-02). */
export function versionsUrl(publicUrl: string): string {
  return `${publicUrl}/ocpi/versions`;
}

/** Version details. */
export function versionUrl(publicUrl: string, version: OcpiVersion): string {
  return `${publicUrl}/ocpi/${version}`;
}

export function moduleUrl(publicUrl: string, version: OcpiVersion, module: ModuleId): string {
  return `${versionUrl(publicUrl, version)}/${module}`;
}
