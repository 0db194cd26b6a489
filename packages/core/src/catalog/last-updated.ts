import type { Location } from '@roambridge/domain';

interface Dated {
  last_updated: string;
}

/**
 * The location as it is stored: changed now, and nothing in it newer than what it is a part of, for partners look for
 * changes in a part by the time of the whole (OCPI LO-05).
 */
export function withCascade(location: Location, now: number): Location {
  const changed = new Date(now).toISOString();
  const evses = location.evses.map((evse) => {
    const connectors = evse.connectors.map((connector) => notAfter(connector, changed));
    const newest = connectors.reduce(
      (time, { last_updated }) => later(time, last_updated),
      evse.last_updated,
    );
    return notAfter({ ...evse, connectors, last_updated: newest }, changed);
  });
  return { ...location, evses, last_updated: changed };
}

function notAfter<T extends Dated>(part: T, limit: string): T {
  return Date.parse(part.last_updated) <= Date.parse(limit) ? part : { ...part, last_updated: limit };
}

function later(left: string, right: string): string {
  return Date.parse(left) > Date.parse(right) ? left : right;
}
