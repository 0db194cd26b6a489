import type { Tone } from '../texts.js';

/** What a site is shown as; the first that is true of it. */
export type SiteState = 'faulted' | 'away' | 'free' | 'full' | 'quiet';

/** Texts of throughput and map. */
export const OVERVIEW_TEXTS = {
  throughput: {
    title: 'Throughput',
    span: (minutes: number) => `the last ${minutes} min, every 5 s`,
    none: 'Nothing measured yet; the first values come after a few seconds.',
    names: {
      messages_per_second: 'messages with chargers per second',
      our_answer_ms: 'chargers have our answer after',
      charger_answer_ms: 'chargers answer us after',
      delivery_ms: 'partners know it after',
    },
    most: (value: string) => `at most ${value}`,
    nothing: 'nothing',
  },
  map: {
    title: 'Sites',
    label: 'Map of the sites',
    none: 'No site yet. Enter locations with their coordinates: npm run cli -- put-location FILE',
    list: (count: number) => (count === 1 ? '1 site as a list' : `${count} sites as a list`),
    several: (count: number, worst: string) => `${count} sites, among them: ${worst}`,
    tooMany: (shown: number) => `The first ${shown} sites are shown.`,
    free: (free: number, all: number) => `${free} of ${all} free`,
    noEvse: 'no EVSE',
  },
} as const;

/** State, letter, tone and shape say the same: none stands alone. */
export const SITE_STATES = {
  faulted: { letter: '!', word: 'out of order', tone: 'bad', shape: 'triangle' },
  away: { letter: '×', word: 'not connected', tone: 'waiting', shape: 'diamond' },
  free: { letter: 'A', word: 'free', tone: 'good', shape: 'circle' },
  full: { letter: 'C', word: 'all in use', tone: 'busy', shape: 'square' },
  quiet: { letter: '?', word: 'out of service or unknown', tone: 'quiet', shape: 'ring' },
} as const satisfies Record<SiteState, { letter: string; word: string; tone: Tone; shape: string }>;
