import { type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.js';
import type { OcpiVersion } from '../version.js';
import { periodFaults } from './period-rules.js';

const FINAL = ['COMPLETED', 'INVALID'];

/**
 * What the property tables do not say about a Session.
 * @param before the Session as it was known, undefined for a new one.
 */
export function sessionFaults(
  session: JsonObject,
  version: OcpiVersion,
  before: JsonObject | undefined,
): string[] {
  const suffix = version === '2.1.1' ? 'datetime' : 'date_time';
  const start = textOf(session, `start_${suffix}`);
  const end = textOf(session, `end_${suffix}`);
  const faults = periodFaults('Session', session, start);
  if (version === '2.1.1') faults.push(...embeddedLocationFaults('Session', session));
  if (session.status === 'COMPLETED' && end === undefined)
    faults.push(`Session.end_${suffix} is required when COMPLETED (SE-06)`);
  if (start !== undefined && end !== undefined && Date.parse(end) < Date.parse(start))
    faults.push(`Session.end_${suffix} is before its start`);
  if (before) faults.push(...changeFaults(session, before));
  return faults;
}

function changeFaults(session: JsonObject, before: JsonObject): string[] {
  const faults: string[] = [];
  const was = textOf(before, 'status');
  if (was !== undefined && FINAL.includes(was) && was !== session.status)
    faults.push(`Session.status leaves the final status ${was} (SE-06)`);
  if ((numberOf(session, 'kwh') ?? 0) < (numberOf(before, 'kwh') ?? 0)) faults.push('Session.kwh decreases');
  if (Date.parse(textOf(session, 'last_updated') ?? '') < Date.parse(textOf(before, 'last_updated') ?? ''))
    faults.push('Session.last_updated goes backwards');
  return faults;
}

/** SE-12, CD-35: the embedded Location of 2.1.1 holds only the used EVSE and connector. */
export function embeddedLocationFaults(name: 'Session' | 'CDR', object: JsonObject): string[] {
  const location = objectOf(object, 'location');
  if (!location) return [];
  const evses = listOf(location, 'evses');
  if (evses.length !== 1) return [`${name}.location must hold one EVSE, found ${evses.length}`];
  const connectors = evses.flatMap((evse) => listOf(evse, 'connectors'));
  return connectors.length === 1
    ? []
    : [`${name}.location must hold one connector, found ${connectors.length}`];
}
