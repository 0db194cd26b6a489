import { computed, signal } from '@preact/signals';
import type { CdrView, SessionView, StationView } from '../api/views.js';

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
export const filterText = signal('');

/** Stations by id that match the filter. */
export const matchingStations = computed(() => {
  const wanted = filterText.value.trim().toLowerCase();
  return [...stations.value.values()]
    .filter((station) => wanted === '' || searchText(station).includes(wanted))
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
});

export const connectedCount = computed(
  () => [...stations.value.values()].filter(({ connected }) => connected).length,
);

function searchText({ id, name, vendor, model, protocol, evses }: StationView): string {
  return [id, name, vendor, model, protocol, ...evses.map(({ status }) => status)].join(' ').toLowerCase();
}
