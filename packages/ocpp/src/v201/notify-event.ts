import type { AvailabilityReport } from '@roambridge/core';
import { always, type InboundCall, type Route } from '../routing.js';
import { readInteger, readObject, readObjects, readText, readTime, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';
import { CONNECTOR_STATUSES } from './status-notification.js';

/**
 * NotifyEvent: the states of availability and of bays in it are reports like a StatusNotification (D1.3); everything
 * else is kept and acknowledged.
 */
export const notifyEvent: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const events = readObjects(payload, 'eventData', call) ?? [];
    const reports = events.flatMap((event) => reportOf(event, call) ?? []);
    if (reports.length === 0) await call.edge.journal(call.frame);
    else await call.edge.reportAvailability(call.stationId, reports, call.frame);
    return {};
  },
};

/** Component and variable names are compared ignoring case (OCPP 2.0.1 part 2, ComponentType). */
function reportOf(event: WireObject, call: InboundCall): AvailabilityReport | undefined {
  const component = readObject(event, 'component', call);
  const variable = readObject(event, 'variable', call);
  if (!component || !variable) return undefined;
  const evse = readObject(component, 'evse', call) ?? {};
  const evseId = readInteger(evse, 'id', call);
  const name = readText(component, 'name', call)?.toLowerCase();
  switch (`${name}.${readText(variable, 'name', call)?.toLowerCase()}`) {
    case 'chargingstation.availabilitystate':
      return availability(event, 0, 0, call);
    case 'evse.availabilitystate':
      return evseId === undefined || evseId < 1 ? undefined : availability(event, evseId, 0, call);
    case 'connector.availabilitystate': {
      const connectorId = readInteger(evse, 'connectorId', call) ?? 1;
      return evseId === undefined || evseId < 1 ? undefined : availability(event, evseId, connectorId, call);
    }
    case 'bayoccupancysensor.active':
    case 'bayoccupancysensor.occupied':
      return evseId === undefined || evseId < 1
        ? undefined
        : { evseId, bayOccupied: readText(event, 'actualValue', call)?.toLowerCase() === 'true' };
    default:
      return undefined;
  }
}

function availability(
  event: WireObject,
  evseId: number,
  connectorId: number,
  call: InboundCall,
): AvailabilityReport | undefined {
  const status = readWord(event, 'actualValue', CONNECTOR_STATUSES, call);
  if (status === undefined) return undefined;
  return {
    evseId,
    connectorId,
    status,
    rawStatus: status,
    at: readTime(event, 'timestamp', call),
    ...(connectorId === 0 ? { outranks: true } : {}),
  };
}
