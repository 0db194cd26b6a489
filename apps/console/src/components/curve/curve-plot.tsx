import 'uplot/dist/uPlot.min.css';
import '../../curve.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { energy, power } from '../../format.js';
import { plotOptions } from './plot-options.js';
import type { CurveData } from './points.js';
import { timeText, valueText } from './value-text.js';

const DARK = '(prefers-color-scheme: dark)';

/** Two lines over time; the values under the pointer or thumb are written above them. */
export function CurvePlot({ data }: { data: CurveData }) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const [place, setPlace] = useState<number | null>(null);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const sizeOf = () => ({ width: element.clientWidth, height: element.clientHeight });
    const made = new uPlot(plotOptions(element, sizeOf(), setPlace), data, element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize(sizeOf()));
    resized.observe(element);
    const dark = matchMedia(DARK);
    const redraw = () => made.redraw();
    dark.addEventListener('change', redraw);
    const follow = ({ clientX, clientY, pointerType }: PointerEvent) => {
      // A mouse is followed by the library itself.
      if (pointerType === 'mouse') return;
      const { left, top } = made.over.getBoundingClientRect();
      made.setCursor({ left: clientX - left, top: clientY - top });
    };
    made.over.addEventListener('pointerdown', follow);
    made.over.addEventListener('pointermove', follow);
    return () => {
      resized.disconnect();
      dark.removeEventListener('change', redraw);
      plot.current = undefined;
      made.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(data), [data]);

  const [seconds, watts, wattHours] = data;
  // Data may have become shorter under the pointer.
  const at = Math.min(place ?? seconds.length - 1, seconds.length - 1);
  return (
    <>
      <p class="curve-values" data-testid="curve-values" aria-hidden="true">
        <b>{timeText(seconds[at])}</b>
        <span class="curve-power">{valueText(watts[at], power)}</span>
        <span class="curve-energy">{valueText(wattHours[at], (wh) => energy(wh / 1_000))}</span>
      </p>
      <div class="curve-frame" ref={frame} aria-hidden="true" />
    </>
  );
}
