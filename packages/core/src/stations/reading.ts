import type { Reading } from '../edges/charger-edge.js';
import type { Station } from '../model/station.js';
import type { Binding, StationAggregate } from './aggregate.js';
import { quirksOf } from './quirks-in-force.js';

/** How a station's messages are read: as it was provisioned, else as its locations tell (D1-002). */
export function readingOf(station: Station | undefined, aggregate: StationAggregate | undefined): Reading {
  const messageLimits = aggregate?.state.messageLimits;
  return {
    evseGroups: station?.evseGroups ?? [...(aggregate?.bindings ?? [])].flatMap(sharedBy),
    quirks: station ? quirksOf(station, aggregate?.state) : [],
    ...(messageLimits === undefined ? {} : { messageLimits }),
  };
}

/** The connectors of an EVSE that are named one by one, and of which the EVSE has the number of one. */
function sharedBy([evseId, binding]: [number, Binding]): number[][] {
  const evse = binding.location.evses.find(({ uid }) => uid === binding.evseUid);
  const numbers = (evse?.connectors ?? []).flatMap(({ ocpp }) => ocpp?.connector_id ?? []);
  return numbers.length > 1 && numbers.includes(evseId)
    ? [[evseId, ...numbers.filter((number) => number !== evseId)]]
    : [];
}
