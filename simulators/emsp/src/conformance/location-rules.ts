import { type JsonObject, listOf, objectOf, textOf } from '../json.js';
import type { OcpiVersion } from '../version.js';

const COORDINATE = {
  // LO-26
  '2.1.1': /^-?\d{1,3}\.\d{6}$/,
  '2.2.1': /^-?\d{1,3}\.\d{5,7}$/,
  '2.3.0': /^-?\d{1,3}\.\d{5,7}$/,
} satisfies Record<OcpiVersion, RegExp>;

/** What the property tables do not say about a Location. */
export function locationFaults(location: JsonObject, version: OcpiVersion): string[] {
  const faults: string[] = [];
  const coordinates = objectOf(location, 'coordinates');
  for (const axis of ['latitude', 'longitude']) {
    const value = coordinates && textOf(coordinates, axis);
    if (value !== undefined && !COORDINATE[version].test(value))
      faults.push(`Location.coordinates.${axis} has the wrong form: ${value} (LO-26)`);
  }
  const country = textOf(location, 'country');
  if (country !== undefined && !/^[A-Z]{3}$/.test(country))
    faults.push(`Location.country must be ISO 3166-1 alpha-3, found ${country} (LO-24)`);
  if (location.publish === true && listOf(location, 'publish_allowed_to').length > 0)
    faults.push('Location.publish_allowed_to needs publish=false (LO-20)');
  const uids = listOf(location, 'evses').map((evse) => textOf(evse, 'uid'));
  if (new Set(uids).size !== uids.length) faults.push('Location.evses has the same uid twice');
  for (const evse of listOf(location, 'evses')) faults.push(...cascadeFaults(location, evse));
  return faults;
}

/** LO-05: a change of a child raises last_updated of its parents. */
function cascadeFaults(location: JsonObject, evse: JsonObject): string[] {
  const faults: string[] = [];
  const name = `EVSE ${textOf(evse, 'uid') ?? '?'}`;
  if (updated(evse) > updated(location)) faults.push(`${name} is newer than its Location (LO-05)`);
  for (const connector of listOf(evse, 'connectors')) {
    if (updated(connector) > updated(evse)) faults.push(`${name} is older than its Connector (LO-05)`);
  }
  return faults;
}

function updated(object: JsonObject): number {
  return Date.parse(textOf(object, 'last_updated') ?? '') || 0;
}
