import { computed, signal } from '@preact/signals';
import type { CdrView, SessionView, StationView } from '../api/views.js';
import { query } from '../routing/location.js';

export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

/** What the console shows; written by the live feed only. */
export const feedState = signal<FeedState>('connecting');
/** When something was last received, by this browser's clock; 0 = nothing yet. */
export const updatedAt = signal(0);
export const stations = signal<ReadonlyMap<string, StationView>>(new Map());
/** Ids in the order in which people count; another array only when a station comes or goes. */
const sortedIds = signal<readonly string[]>([]);
export const sessions = signal<SessionView[]>([]);
export const cdrs = signal<CdrView[]>([]);
export const partnerNames = signal<ReadonlyMap<string, string>>(new Map());
/** Moves once a second, so that every age on the page does. */
export const tick = signal(0);

const { compare } = new Intl.Collator('en', { numeric: true });

export function showStations(next: ReadonlyMap<string, StationView>): void {
  const known = stations.value;
  const sameIds = next.size === known.size && sortedIds.value.every((id) => next.has(id));
  stations.value = next;
  if (!sameIds) sortedIds.value = [...next.keys()].sort(compare);
}

/** Urgency of a station with which nothing is to be done. */
const CALM = 2;

/** What the list of stations can be narrowed to. */
export const SHOWS = ['', 'attention', 'offline', 'faulted', 'charging'] as const;

type Show = (typeof SHOWS)[number];

const isShown = {
  '': () => true,
  attention: (station) => urgencyOf(station) < CALM,
  offline: ({ connected }) => !connected,
  faulted: ({ evses }) => evses.some(({ status }) => status === 'OUTOFORDER'),
  charging: ({ evses }) => evses.some(({ transaction_id }) => transaction_id !== undefined),
} satisfies Record<Show, (station: StationView) => boolean>;

/** Stations that match the filter of the address, those that need a look first. */
export const matchingStations = computed(() => {
  const byUrgency: StationView[][] = Array.from({ length: CALM + 1 }, () => []);
  const wanted = (query.value.get('filter') ?? '').trim().toLowerCase();
  const show = SHOWS.find((name) => name === query.value.get('show')) ?? '';
  for (const id of sortedIds.value) {
    const station = stations.value.get(id);
    if (station === undefined || !isShown[show](station)) continue;
    if (wanted === '' || searchText(station).includes(wanted)) byUrgency[urgencyOf(station)]?.push(station);
  }
  return byUrgency.flat();
});

export const connectedCount = computed(
  () => [...stations.value.values()].filter(({ connected }) => connected).length,
);

/** 0 = out of order, 1 = was there and is away, 2 = nothing to be done. */
function urgencyOf({ connected, last_frame_at, evses }: StationView): number {
  if (evses.some(({ status }) => status === 'OUTOFORDER')) return 0;
  return !connected && last_frame_at !== undefined ? 1 : CALM;
}

const searchTexts = new WeakMap<StationView, string>();

function searchText(station: StationView): string {
  const known = searchTexts.get(station);
  if (known !== undefined) return known;
  const { id, name, vendor, model, firmware_version, protocol, evses } = station;
  const states = evses.flatMap(({ status, location_id }) => [status, location_id]);
  const text = [id, name, vendor, model, firmware_version, protocol, ...states].join(' ').toLowerCase();
  searchTexts.set(station, text);
  return text;
}
