import { toSite } from '../../routing/paths.js';
import { OVERVIEW_TEXTS, SITE_STATES } from '../../texts/overview.js';
import type { Site } from './sites.js';

const RADIUS_PX = 11;
/** From the middle of a dot to its name. */
const NAME_PX = RADIUS_PX + 8;

/** One place on the map: a site, or several that are close together, the one that needs a look first. */
export interface Dot {
  sites: readonly Site[];
  x: number;
  y: number;
}

/** Shape, letter and colour say how it is; its title says it in words. Leads to the stations of the site. */
export function SiteDot({
  dot: { sites, x, y },
  named,
  leftwards,
}: {
  dot: Dot;
  /** Its name stands beside it. */
  named: boolean;
  /** The name stands on its left, where the picture ends on its right. */
  leftwards: boolean;
}) {
  const [first] = sites;
  if (first === undefined) return null;
  const { letter, tone, shape, word } = SITE_STATES[first.state];
  const text =
    sites.length === 1
      ? `${first.name}: ${word}, ${first.text}`
      : OVERVIEW_TEXTS.map.several(sites.length, `${first.name}: ${word}`);
  return (
    <g transform={`translate(${x} ${y})`}>
      <a href={toSite(first.id)} aria-label={text} class={`site tone-${tone}`}>
        <title>{text}</title>
        <Shape name={shape} />
        <text y="4" text-anchor="middle">
          {letter}
        </text>
        {named && (
          <text
            class="site-name"
            x={leftwards ? -NAME_PX : NAME_PX}
            y="5"
            text-anchor={leftwards ? 'end' : 'start'}
          >
            {first.name}
          </text>
        )}
        {sites.length > 1 && (
          <text class="several" x={RADIUS_PX} y={-RADIUS_PX + 2}>
            {sites.length}
          </text>
        )}
      </a>
    </g>
  );
}

function Shape({ name }: { name: (typeof SITE_STATES)[keyof typeof SITE_STATES]['shape'] }) {
  const r = RADIUS_PX;
  if (name === 'circle') return <circle r={r} class="filled" />;
  if (name === 'ring') return <circle r={r} stroke-dasharray="4 3" />;
  if (name === 'square')
    return <rect x={-r + 1} y={-r + 1} width={2 * r - 2} height={2 * r - 2} class="filled" />;
  if (name === 'diamond') return <path d={`M0 ${-r - 3}L${r + 3} 0L0 ${r + 3}L${-r - 3} 0Z`} />;
  return <path d={`M0 ${-r - 4}L${r + 4} ${r}L${-r - 4} ${r}Z`} class="filled" />;
}
