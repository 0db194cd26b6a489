import { useEffect, useState } from 'preact/hooks';
import { power } from '../format.js';
import { tick } from '../live/picture.js';

/** Values kept, one a second. */
const POINTS_MAX = 300;
const WIDTH = 300;
const HEIGHT = 48;

/** The power since the page was opened. */
export function PowerCurve({ watts }: { watts: number }) {
  const [points, setPoints] = useState<readonly number[]>([watts]);
  useEffect(() => tick.subscribe(() => setPoints((old) => [...old.slice(1 - POINTS_MAX), watts])), [watts]);
  const top = Math.max(...points, 1);
  const line = points
    .map(
      (value, i) =>
        `${(i / Math.max(points.length - 1, 1)) * WIDTH},${HEIGHT - 2 - (value / top) * (HEIGHT - 4)}`,
    )
    .join(' ');
  return (
    <svg
      class="curve"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${power(watts)}, ${power(top)} at most`}
    >
      <polyline
        points={line}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  );
}
