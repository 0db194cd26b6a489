import type { View } from './projection.js';

/** Side of a tile at its own zoom, pixels. */
const TILE_PX = 256;
const MAX_ZOOM = 18;

/** The pictures of a tile server behind the sites. */
export function MapTiles({ view, url }: { view: View; url: string }) {
  const zoom = Math.max(0, Math.min(MAX_ZOOM, Math.round(Math.log2(view.scale / TILE_PX))));
  const count = 2 ** zoom;
  const side = view.scale / count;
  const first = (origin: number) => Math.floor(origin * count);
  const last = (origin: number, size: number) => Math.floor((origin + size / view.scale) * count);
  const tiles: { x: number; y: number }[] = [];
  for (let y = first(view.origin.y); y <= last(view.origin.y, view.height); y += 1)
    for (let x = first(view.origin.x); x <= last(view.origin.x, view.width); x += 1)
      if (y >= 0 && y < count) tiles.push({ x, y });
  return (
    <g class="map-tiles">
      {tiles.map(({ x, y }) => (
        <image
          key={`${x} ${y}`}
          href={tileUrl(url, zoom, ((x % count) + count) % count, y)}
          x={x * side - view.origin.x * view.scale}
          y={y * side - view.origin.y * view.scale}
          width={side}
          height={side}
        />
      ))}
    </g>
  );
}

function tileUrl(url: string, z: number, x: number, y: number): string {
  return url.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
}
