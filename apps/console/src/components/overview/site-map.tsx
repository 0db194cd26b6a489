import { useEffect, useMemo, useState } from 'preact/hooks';
import { stations } from '../../live/picture.js';
import { whoami } from '../../live/whoami.js';
import { OVERVIEW_TEXTS } from '../../texts/overview.js';
import { TEXTS } from '../../texts.js';
import { MapTiles } from './map-tiles.js';
import { fitted, project, toPixels } from './projection.js';
import { ScaleBar } from './scale-bar.js';
import { SiteCounts } from './site-counts.js';
import { type Dot, SiteDot } from './site-dot.js';
import { SiteList } from './site-list.js';
import { byUrgency, MAX_SITES, type Site, siteOf, useSites } from './sites.js';

const T = OVERVIEW_TEXTS.map;
/** Sites that are nearer to one another than this share a dot. */
const CELL_PX = 34;
const MIN_HEIGHT_PX = 240;
const MAX_HEIGHT_PX = 420;
const MIN_WIDTH_PX = 200;
const DEFAULT_WIDTH_PX = 360;
/** With more dots than this their names would stand on one another. */
const MAX_NAMES = 12;

/** Where the sites are and how they are, and the same as a list. */
export function SiteMap() {
  const views = useSites();
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const width = useWidth(frame);
  const now = stations.value;
  const sites = useMemo(() => (views ?? []).map((view) => siteOf(view, now)).sort(byUrgency), [views, now]);
  if (views === undefined) return <p class="muted">{TEXTS.loading}</p>;
  if (sites.length === 0) return <p class="empty">{T.none}</p>;
  const height = Math.max(MIN_HEIGHT_PX, Math.min(MAX_HEIGHT_PX, Math.round(width / 2)));
  const view = fitted(sites.map(project), width, height);
  const shown = dots(sites, (site) => toPixels(view, project(site)));
  const tiles = whoami.value?.map_tiles;
  return (
    <>
      <div class="map" ref={setFrame}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          <title>{T.label}</title>
          {tiles !== undefined && <MapTiles view={view} url={tiles.url} />}
          {shown.map((dot) => (
            <SiteDot
              key={`${dot.sites[0]?.id}`}
              dot={dot}
              named={shown.length <= MAX_NAMES}
              leftwards={dot.x > width / 2}
            />
          ))}
          <ScaleBar view={view} latitude={sites[0]?.latitude ?? 0} />
        </svg>
        {tiles !== undefined && <p class="map-attribution">{tiles.attribution}</p>}
      </div>
      {views.length >= MAX_SITES && <p class="muted">{T.tooMany(MAX_SITES)}</p>}
      <SiteCounts sites={sites} />
      <SiteList sites={sites} />
    </>
  );
}

/** Sites in the order of urgency, those of one cell together. */
function dots(sites: readonly Site[], place: (site: Site) => { x: number; y: number }): Dot[] {
  const cells = new Map<string, { sites: Site[]; x: number; y: number }>();
  for (const site of sites) {
    const { x, y } = place(site);
    const key = `${Math.floor(x / CELL_PX)} ${Math.floor(y / CELL_PX)}`;
    const cell = cells.get(key);
    if (cell) cell.sites.push(site);
    else cells.set(key, { sites: [site], x, y });
  }
  // What needs a look is drawn last, and so on top.
  return [...cells.values()].reverse();
}

function useWidth(element: HTMLDivElement | null): number {
  const [width, setWidth] = useState(DEFAULT_WIDTH_PX);
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(MIN_WIDTH_PX, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
