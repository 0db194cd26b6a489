import type { EvseStatus } from './api/views.js';

/** Every text of the console. */
export const TEXTS = {
  title: 'Roambridge',
  feed: {
    connecting: 'connecting',
    live: 'live',
    liveSince: (age: string) => `last change ${age} ago`,
    reconnecting: (age: string) => `reconnecting, last update ${age} ago`,
    reconnectingFirst: 'reconnecting, nothing received yet',
  },
  counts: (connected: number, all: number) => `${connected} of ${all} stations connected`,
  stations: 'Stations',
  filter: 'Filter stations by id, model or status',
  noStations: 'No station yet. Add one with: npm run cli -- put-station CP-1 --profile 0',
  noMatch: 'No station matches the filter.',
  shown: (shown: number, all: number) => `The first ${shown} of ${all} stations; filter to see others.`,
  connectedFor: (age: string) => `connected for ${age}`,
  notConnected: 'not connected',
  lastHeard: (age: string) => `not connected, last heard ${age} ago`,
  noProtocol: 'no protocol yet',
  noEvse: 'no EVSE reported yet',
  evse: (id: number) => `EVSE ${id}`,
  openTransactions: (count: number) => (count === 1 ? '1 open transaction' : `${count} open transactions`),
  sessions: 'Sessions',
  noSessions: 'No session yet.',
  cdrs: 'CDRs',
  noCdrs: 'No CDR yet.',
  ago: (age: string) => `${age} ago`,
  inclVat: (amount: string) => `${amount} incl. VAT`,
  exclVat: (amount: string) => `${amount} excl. VAT`,
  noPriceYet: 'no price yet',
  noPrice: 'no price',
  held: (reason: string) => `held: ${reason.toLowerCase().replaceAll('_', ' ')}`,
  delivery: { pending: 'to be delivered', acknowledged: 'delivered', parked: 'refused, parked' },
  deliveryUnknown: 'waiting',
  signIn: {
    title: 'Sign in',
    how: 'Open a one-time link. Make one on the machine of the gateway:',
    command: 'npm run cli -- sign-in',
    or: 'or take the link that the gateway writes to its log when it starts.',
  },
} as const;

/** How an EVSE status is shown: a letter, a word, and a tone that never stands alone. */
export const EVSE_STATUS_TEXTS = {
  AVAILABLE: { letter: 'A', word: 'available', tone: 'good' },
  CHARGING: { letter: 'C', word: 'in use', tone: 'busy' },
  RESERVED: { letter: 'R', word: 'reserved', tone: 'waiting' },
  BLOCKED: { letter: 'B', word: 'blocked', tone: 'waiting' },
  INOPERATIVE: { letter: 'I', word: 'out of service', tone: 'quiet' },
  OUTOFORDER: { letter: '!', word: 'out of order', tone: 'bad' },
  PLANNED: { letter: 'P', word: 'planned', tone: 'quiet' },
  REMOVED: { letter: '-', word: 'removed', tone: 'quiet' },
  UNKNOWN: { letter: '?', word: 'unknown', tone: 'quiet' },
} as const satisfies Record<EvseStatus, { letter: string; word: string; tone: Tone }>;

/** The vehicle or the charger pauses the charging. */
export const SUSPENDED = { letter: 'S', word: 'suspended', tone: 'waiting' } as const;

export type Tone = 'good' | 'busy' | 'waiting' | 'quiet' | 'bad';
