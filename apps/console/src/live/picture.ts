import { computed, signal } from '@preact/signals';
import type { CdrView, SessionView, StationView } from '../api/views.js';
import { query } from '../routing/location.js';

export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

/** What the console shows; written by the live feed only. */
export const feedState = signal<FeedState>('connecting');
/** When something was last received, by this browser's clock; 0 = nothing yet. */
export const updatedAt = signal(0);
export const stations = signal<ReadonlyMap<string, StationView>>(new Map());
export const sessions = signal<SessionView[]>([]);
export const cdrs = signal<CdrView[]>([]);
export const partnerNames = signal<ReadonlyMap<string, string>>(new Map());
/** Moves once a second, so that every age on the page does. */
export const tick = signal(0);

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
  const wanted = (query.value.get('filter') ?? '').trim().toLowerCase();
  const show = SHOWS.find((name) => name === query.value.get('show')) ?? '';
  return [...stations.value.values()]
    .filter((station) => isShown[show](station) && (wanted === '' || searchText(station).includes(wanted)))
    .sort((a, b) => urgencyOf(a) - urgencyOf(b) || a.id.localeCompare(b.id, 'en', { numeric: true }));
});

export const connectedCount = computed(
  () => [...stations.value.values()].filter(({ connected }) => connected).length,
);

const CALM = 2;

/** 0 = out of order, 1 = was there and is away, 2 = nothing to be done. */
function urgencyOf({ connected, last_frame_at, evses }: StationView): number {
  if (evses.some(({ status }) => status === 'OUTOFORDER')) return 0;
  return !connected && last_frame_at !== undefined ? 1 : CALM;
}

function searchText({ id, name, vendor, model, firmware_version, protocol, evses }: StationView): string {
  const states = evses.flatMap(({ status, location_id }) => [status, location_id]);
  return [id, name, vendor, model, firmware_version, protocol, ...states].join(' ').toLowerCase();
}
