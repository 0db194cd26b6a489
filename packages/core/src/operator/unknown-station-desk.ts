import { type OperatorEdge, RequestRefused } from '../edges/operator-edge.js';
import type { Station } from '../model/station.js';
import type { Clock } from '../ports/clock.js';
import type { StationLink } from '../ports/station-link.js';
import type { StationDirectory } from '../stations/directory.js';
import type { TurnedAwayBook } from '../stations/unknown/turned-away.js';
import { type EntryPorts, enteredStation } from './entered-station.js';

export interface UnknownStationPorts extends EntryPorts {
  clock: Clock;
  directory: StationDirectory;
  turnedAway: TurnedAwayBook;
  link: () => StationLink;
}

/** Chargers that nobody has entered, and how they become stations. */
export function createUnknownStationDesk(
  ports: UnknownStationPorts,
  putStation: OperatorEdge['putStation'],
): Pick<OperatorEdge, 'unknownStations' | 'approveStation'> {
  const { clock, directory, turnedAway, link } = ports;
  return {
    async unknownStations({ limit, cursor }) {
      const all = turnedAway.all();
      const start = Number(cursor ?? 0) || 0;
      const items = all.slice(start, start + limit);
      return { items, ...(start + limit < all.length ? { nextCursor: String(start + limit) } : {}) };
    },
    async approveStation(identity, approval) {
      const known = directory.find(identity);
      if (known) throw new RequestRefused(409, `there is a station ${known.id}: change it instead`);
      const entry = turnedAway.find(identity);
      if (!entry) return undefined;
      const { security_profile = entry.securityProfile, password, name } = approval;
      const input = {
        id: entry.identity,
        security_profile,
        ...(name === undefined ? {} : { name }),
        ...(password === undefined ? {} : { password }),
      };
      // What it showed becomes its password: the operator vouches for the charger that is knocking.
      const shown = password === undefined && security_profile > 0 ? entry.password : undefined;
      if (shown) {
        const bare: Station = {
          id: entry.identity,
          securityProfile: security_profile,
          password: shown,
          createdAt: clock.now(),
        };
        await directory.put(enteredStation(ports, input, bare, bare.createdAt));
      }
      const { station } = await putStation(input);
      turnedAway.forget(identity);
      link().disconnect(entry.identity, 'approved: connect again');
      return station;
    },
  };
}
