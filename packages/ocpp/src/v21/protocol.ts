import type { Protocol } from '../protocol.js';
import { acknowledged, type Route } from '../routing.js';
import { v201 } from '../v201/protocol.js';
import { openSchemaLibrary } from '../validation/schema-library.js';
import { NEW_CALLS, toWire } from './commands.js';
import { openEventStream, readEventStream } from './event-stream.js';
import { notifyPriorityCharging } from './notify-priority-charging.js';

/**
 * What OCPP 2.1 adds (C-202). Notices are kept and acknowledged; requests that want something done which is not done
 * here (battery swaps, VAT numbers, dynamic schedules, chains of certificates) are answered NotSupported.
 */
const NEW_ROUTES: readonly [string, Route][] = [
  // Nothing was set up for the stream, so nothing has to be undone.
  ['ClosePeriodicEventStream', acknowledged],
  ['NotifyDERAlarm', acknowledged],
  ['NotifyDERStartStop', acknowledged],
  ['NotifyPriorityCharging', notifyPriorityCharging],
  ['NotifySettlement', acknowledged],
  ['OpenPeriodicEventStream', openEventStream],
  ['ReportDERControl', acknowledged],
];

/** OCPP 2.1: OCPP 2.0.1 and what is new; messages that both have are read and written alike (C-200 to C-207). */
export const v21: Protocol = {
  ...v201,
  name: 'ocpp2.1',
  traits: {
    ...v201.traits,
    idTokenMaxLength: 255,
    resumesTransactions: true, // C-203 TxResumed
    priorityCharging: true,
  },
  routes: new Map([...v201.routes, ...NEW_ROUTES]),
  lastMessageType: 6,
  sends: new Map([['NotifyPeriodicEventStream', readEventStream]]),
  schemas: openSchemaLibrary('v21', 'Request'),
  toWire,
  callable: new Set([...v201.callable, ...NEW_CALLS]),
  answersUnknownTypes: false,
};
