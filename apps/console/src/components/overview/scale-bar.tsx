import type { View } from './projection.js';

const EARTH_CIRCUMFERENCE_M = 40_075_017;
const MARGIN_PX = 12;
/** The bar is no longer than this part of the picture. */
const MAX_PART = 0.25;

/** How far apart things are: a bar of a round length. */
export function ScaleBar({ view, latitude }: { view: View; latitude: number }) {
  const pixelsPerMetre = view.scale / (EARTH_CIRCUMFERENCE_M * Math.cos((latitude * Math.PI) / 180));
  const metres = roundDown((view.width * MAX_PART) / pixelsPerMetre);
  const length = metres * pixelsPerMetre;
  const y = view.height - MARGIN_PX;
  const text = metres >= 1_000 ? `${metres / 1_000} km` : `${metres} m`;
  return (
    <g class="scale-bar">
      <path d={`M${MARGIN_PX} ${y - 5}V${y}H${MARGIN_PX + length}V${y - 5}`} />
      <text x={MARGIN_PX + 4} y={y - 5}>
        {text}
      </text>
    </g>
  );
}

/** 1, 2 or 5 times a power of ten. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [5, 2].find((step) => step * power <= value) ?? 1;
  return digit * power;
}
