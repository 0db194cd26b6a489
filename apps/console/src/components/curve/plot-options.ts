import type uPlot from 'uplot';

/** A curve spans at least this time, so that a first point is not drawn over the whole width. */
const SPAN_MIN_S = 60;
/** Room above the highest value. */
const HEADROOM = 1.1;
/** Highest value of an axis on which nothing was metered yet. */
const TOP_MIN = 100;
const AXIS_WIDTH = 62;
const AXIS_HEIGHT = 30;
const FONT = '12px system-ui, sans-serif';
const PER_KILO = 1_000;

/** Options of uPlot for power (left, in kW) and energy (right, in kWh, dashed); colours are those of the page. */
export function plotOptions(
  element: HTMLElement,
  size: { width: number; height: number },
  onPlace: (place: number | null) => void,
): uPlot.Options {
  // Read at each drawing: the page changes between dark and light.
  const colour = (name: string) => () => getComputedStyle(element).getPropertyValue(name).trim();
  const axis = { stroke: colour('--muted'), font: FONT, ticks: { stroke: colour('--line'), width: 1 } };
  return {
    ...size,
    padding: [8, 4, 0, 4],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false } },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true, range: (_plot, min, max) => [min, Math.max(max, min + SPAN_MIN_S)] },
      W: { range: (_plot, _min, max) => upTo(max) },
      Wh: { range: (_plot, _min, max) => upTo(max) },
    },
    series: [
      {},
      { scale: 'W', stroke: colour('--busy'), width: 2, spanGaps: true, points: { show: false } },
      {
        scale: 'Wh',
        stroke: colour('--good'),
        width: 2,
        dash: [6, 4],
        spanGaps: true,
        points: { show: false },
      },
    ],
    axes: [
      {
        ...axis,
        size: AXIS_HEIGHT,
        space: 70,
        grid: { stroke: colour('--line'), width: 1 },
        values: clockTicks,
      },
      {
        ...axis,
        scale: 'W',
        size: AXIS_WIDTH,
        grid: { stroke: colour('--line'), width: 1 },
        values: (_plot, splits) => splits.map((value) => kilo(value, 'kW')),
      },
      {
        ...axis,
        scale: 'Wh',
        side: 1,
        size: AXIS_WIDTH + 6,
        grid: { show: false },
        values: (_plot, splits) => splits.map((value) => kilo(value, 'kWh')),
      },
    ],
    hooks: { setCursor: [({ cursor }) => onPlace(cursor.idx ?? null)] },
  };
}

function upTo(max: number | null): [number, number] {
  return [0, Math.max((max ?? 0) * HEADROOM, TOP_MIN)];
}

/** `0`, `3.5 kW`: as short as the axis allows. */
function kilo(value: number, unit: string): string {
  return value === 0 ? '0' : `${Number((value / PER_KILO).toFixed(2))} ${unit}`;
}

/** Seconds only where the ticks are closer than a minute. */
function clockTicks(_plot: uPlot, splits: number[]): string[] {
  const [first = 0, second = first + SPAN_MIN_S] = splits;
  const seconds = second - first < SPAN_MIN_S ? ({ second: '2-digit' } as const) : {};
  return splits.map((at) =>
    new Date(at * PER_KILO).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...seconds }),
  );
}
