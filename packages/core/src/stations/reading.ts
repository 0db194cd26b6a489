import type { Reading } from '../edges/charger-edge.js';
import type { Station } from '../model/station.js';
import type { Binding, StationAggregate } from './aggregate.js';
import { quirksOf } from './quirks-in-force.js';

/** How a station's messages are read: as it was provisioned, else as its locations tell (D1-002). */
export function readingOf(station: Station | undefined, aggregate: StationAggregate | undefined): Reading {
  const messageLimits = aggregate?.state.messageLimits;
  return {
    evseGroups: station?.evseGroups ?? (aggregate ? groupsOf(aggregate.bindings) : []),
    quirks: station ? quirksOf(station, aggregate?.state) : [],
    ...(messageLimits === undefined ? {} : { messageLimits }),
  };
}

// Every message asks; the bindings are another object when they are read again.
const known = new WeakMap<StationAggregate['bindings'], number[][]>();

function groupsOf(bindings: StationAggregate['bindings']): number[][] {
  const found = known.get(bindings);
  if (found) return found;
  const groups = [...bindings].flatMap(sharedBy);
  known.set(bindings, groups);
  return groups;
}

/** The connectors of an EVSE that are named one by one, and of which the EVSE has the number of one. */
function sharedBy([evseId, binding]: [number, Binding]): number[][] {
  const evse = binding.location.evses.find(({ uid }) => uid === binding.evseUid);
  const numbers = (evse?.connectors ?? []).flatMap(({ ocpp }) => ocpp?.connector_id ?? []);
  return numbers.length > 1 && numbers.includes(evseId)
    ? [[evseId, ...numbers.filter((number) => number !== evseId)]]
    : [];
}
