import type { Outlet, Station } from '../station.js';

/** Outlet of an EVSE id; all outlets when there is none, or for the whole station (0). */
export function outletsOf(station: Station, evseId: number | undefined): Outlet[] {
  const outlets = [...station.outlets.values()];
  return evseId === undefined || evseId === 0
    ? outlets
    : outlets.filter((outlet) => outlet.number === evseId);
}
