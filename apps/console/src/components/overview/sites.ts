import { useEffect, useState } from 'preact/hooks';
import type { SiteView } from '../../api/console-views.js';
import { get } from '../../api/read.js';
import type { Page, StationView } from '../../api/views.js';
import { onChange } from '../../live/changes.js';
import { OVERVIEW_TEXTS, type SiteState } from '../../texts/overview.js';

/** More sites are not put on the map. */
export const MAX_SITES = 5_000;
const PAGE_SITES = 500;
/** Changes of locations come in bursts. */
const READ_AGAIN_MS = 2_000;

/** A site as it is now. */
export interface Site {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  state: SiteState;
  /** How many of its EVSEs are free. */
  text: string;
}

/** Where the sites are; read again when locations change. `undefined` = not read yet. */
export function useSites(): readonly SiteView[] | undefined {
  const [sites, setSites] = useState<readonly SiteView[]>();
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      timer = undefined;
      const found = await readSites().catch(() => undefined);
      if (over) return;
      if (found === undefined) again();
      else setSites(found);
    };
    const again = () => {
      timer ??= setTimeout(() => void read(), READ_AGAIN_MS);
    };
    const end = onChange(({ topic }) => {
      if (topic === 'location') again();
    });
    void read();
    return () => {
      over = true;
      clearTimeout(timer);
      end();
    };
  }, []);
  return sites;
}

async function readSites(): Promise<SiteView[]> {
  const sites: SiteView[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<SiteView> | undefined = await get(`/sites?limit=${PAGE_SITES}${query}`);
    sites.push(...(page?.items ?? []));
    cursor = page?.next_cursor ?? null;
  } while (cursor !== null && sites.length < MAX_SITES);
  return sites;
}

/** A site with the statuses of its EVSEs as the stations tell them now. */
export function siteOf(view: SiteView, stations: ReadonlyMap<string, StationView>): Site {
  const evses = view.evses.filter(({ status }) => status !== 'REMOVED');
  const statuses = evses.map(({ uid, status, station_id: id }) => {
    const station = id === undefined ? undefined : stations.get(id);
    const live = station?.evses.find(
      ({ evse_uid, location_id }) => evse_uid === uid && location_id === view.id,
    );
    return live?.status ?? status;
  });
  const ids = new Set(evses.flatMap(({ station_id: id }) => (id === undefined ? [] : [id])));
  const isAway = [...ids].some((id) => stations.get(id)?.connected === false);
  const free = statuses.filter((status) => status === 'AVAILABLE').length;
  const isUsed = (status: string) => status === 'CHARGING' || status === 'RESERVED' || status === 'BLOCKED';
  return {
    id: view.id,
    name: [view.name ?? view.id, view.city].filter(Boolean).join(', '),
    latitude: view.latitude,
    longitude: view.longitude,
    state: stateOf(),
    text: statuses.length === 0 ? OVERVIEW_TEXTS.map.noEvse : OVERVIEW_TEXTS.map.free(free, statuses.length),
  };

  function stateOf(): SiteState {
    if (statuses.includes('OUTOFORDER')) return 'faulted';
    if (isAway) return 'away';
    if (free > 0) return 'free';
    return statuses.some(isUsed) ? 'full' : 'quiet';
  }
}

const URGENCY = { faulted: 0, away: 1, quiet: 2, full: 3, free: 4 } as const satisfies Record<
  SiteState,
  number
>;

/** What a person must look at first stands first. */
export function byUrgency(a: Site, b: Site): number {
  return URGENCY[a.state] - URGENCY[b.state] || a.name.localeCompare(b.name);
}
