const WIDTH = 200;
const HEIGHT = 44;
const MARGIN = 3;
const MIN_VALUES = 12;

/** A small line of values at equal distances; a gap where nothing was measured, a dot where one value stands alone. */
export function Spark({ values: known, label }: { values: readonly (number | undefined)[]; label: string }) {
  // The line grows from the right: what was before the first value is empty.
  const missing = Math.max(0, MIN_VALUES - known.length);
  const values = [...new Array<undefined>(missing).fill(undefined), ...known];
  const top = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const x = (at: number) => (at / Math.max(values.length - 1, 1)) * WIDTH;
  const y = (value: number) => HEIGHT - MARGIN - (value / top) * (HEIGHT - 2 * MARGIN);
  const path = values
    .map((value, at) => {
      if (value === undefined) return '';
      const before = values[at - 1];
      const point = `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      // A value that stands alone is a short line.
      if (before !== undefined) return `L${point}`;
      return values[at + 1] === undefined ? `M${point}h-3` : `M${point}`;
    })
    .join('');
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={path} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
