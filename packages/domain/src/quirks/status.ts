import type { Quirk } from './quirk.js';

/** How chargers report their state. */
export const STATUS_QUIRKS = {
  'Q-70': {
    does: 'changes its status all the time',
    handled: 'partners are told at most once in a while; the newest status counts',
    seenAt: 'several',
  },
  'Q-71': {
    does: 'reports only one of its connectors',
    handled: 'the others are UNKNOWN and asked for',
    seenAt: 'several',
  },
  'Q-72': {
    does: 'reports only connector 0',
    handled: 'connector 0 stands for the only connector where the operator says so',
    seenAt: 'several',
    switch: 'connector0_as_1',
  },
  'Q-73': {
    does: 'reports EVSE 0 with connector 0, or leaves the connector out',
    handled: 'EVSE 0 is the station; an EVSE whose connector is not named has one',
    seenAt: 'several',
    signs: ['CONNECTOR_ASSUMED /connectorId'],
  },
  'Q-74': {
    does: 'is SuspendedEVSE for minutes after the start',
    handled: 'the session goes on',
    seenAt: 'Easee',
  },
  'Q-75': {
    does: 'repeats the EVSE in every event of a transaction',
    handled: 'the first one counts',
    seenAt: 'several',
  },
  'Q-76': {
    does: 'leaves out why it sends an event (triggerReason)',
    handled: 'the event counts as it is: nothing depends on the reason',
    seenAt: 'several',
    signs: ['SCHEMA required /triggerReason'],
  },
  'Q-77': {
    does: 'sends what it kept while it was away as if it were live, and counts its events anew',
    handled: 'what comes right after the connection counts as kept; events are ordered by their time',
    seenAt: 'several',
    signs: ['SEQ_REUSED'],
  },
} as const satisfies Record<string, Quirk>;
