/** Web Mercator: the world is a square of side 1, north is up. */
export interface WorldPoint {
  x: number;
  y: number;
}

/** The part of the world that a picture shows. */
export interface View {
  width: number;
  height: number;
  /** Pixels of the picture for the width of the world. */
  scale: number;
  /** The world's point in the upper left corner. */
  origin: WorldPoint;
}

/** Beyond this latitude the projection has no place. */
const MAX_LATITUDE = 85;
const MARGIN_PX = 34;
/** A single site is not shown nearer than its town. */
const MAX_SCALE_PX = 256 * 2 ** 13;

export function project({ latitude, longitude }: { latitude: number; longitude: number }): WorldPoint {
  const radians = (Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)) * Math.PI) / 180;
  return {
    x: (longitude + 180) / 360,
    y: (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2,
  };
}

/** The view in which all points fit. */
export function fitted(points: readonly WorldPoint[], width: number, height: number): View {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [least(xs), greatest(xs), least(ys), greatest(ys)];
  const scale = Math.min(
    (width - 2 * MARGIN_PX) / Math.max(right - left, Number.EPSILON),
    (height - 2 * MARGIN_PX) / Math.max(bottom - top, Number.EPSILON),
    MAX_SCALE_PX,
  );
  return {
    width,
    height,
    scale,
    origin: { x: (left + right) / 2 - width / 2 / scale, y: (top + bottom) / 2 - height / 2 / scale },
  };
}

export function toPixels({ scale, origin }: View, { x, y }: WorldPoint): { x: number; y: number } {
  return { x: (x - origin.x) * scale, y: (y - origin.y) * scale };
}

/** Thousands of sites are too many for the arguments of Math.min. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function greatest(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
