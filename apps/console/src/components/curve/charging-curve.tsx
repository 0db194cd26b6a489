import { useState } from 'preact/hooks';
import type { CurveView } from '../../api/views.js';
import { energy, power } from '../../format.js';
import { useLive } from '../../live/use-live.js';
import { CURVE_TEXTS as T } from '../../texts/curve.js';
import { later } from '../later.js';
import { Waiting } from '../waiting.js';
import { type CurveData, curveData, curveFacts, somePlaces } from './points.js';
import { timeText, valueText } from './value-text.js';

// The library is fetched when a curve is looked at: the page at the charger stays small.
const CurvePlot = later(() => import('./curve-plot.js').then(({ CurvePlot }) => CurvePlot));

/** Power and energy of a transaction since its start, live while it runs. */
export function ChargingCurve({ transactionId, stationId }: { transactionId: string; stationId: string }) {
  const path = `/transactions/${encodeURIComponent(transactionId)}/curve`;
  const live = useLive<CurveView>(path, ['transaction', 'session', 'station'], stationId);
  const data = curveData(live.value?.points ?? []);
  return (
    <figure class="curve" data-testid={`curve-${transactionId}`} aria-label={T.label}>
      <div class="plot">
        {live.value === undefined && !live.missing && <Waiting live={live} />}
        {(live.missing || live.value !== undefined) && data[0].length === 0 && <p class="muted">{T.none}</p>}
        {data[0].length > 0 && <CurvePlot data={data} />}
      </div>
      <CurveText data={data} />
    </figure>
  );
}

/** The curve where there is little room and few bytes: it is opened by hand. */
export function FoldedCurve(props: { transactionId: string; stationId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{T.label}</summary>
      {open && <ChargingCurve {...props} />}
    </details>
  );
}

/** The curve in words, and as a table for those who do not see it. */
function CurveText({ data }: { data: CurveData }) {
  const [seconds, watts, wattHours] = data;
  const { mostW, energyWh } = curveFacts(data);
  const words = [
    ...(mostW === undefined ? [] : [T.most(power(mostW))]),
    ...(energyWh === undefined ? [] : [T.energy(energy(energyWh / 1_000))]),
  ];
  if (seconds.length === 0) return <figcaption />;
  return (
    <figcaption>
      <span class="muted">{words.join(' · ')}</span>
      <table class="hidden">
        <caption>{T.table}</caption>
        <thead>
          <tr>
            <th scope="col">{T.time}</th>
            <th scope="col">{T.powerName}</th>
            <th scope="col">{T.energyName}</th>
          </tr>
        </thead>
        <tbody>
          {somePlaces(seconds.length).map((at) => (
            <tr key={at}>
              <th scope="row">{timeText(seconds[at])}</th>
              <td>{valueText(watts[at], power)}</td>
              <td>{valueText(wattHours[at], (wh) => energy(wh / 1_000))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figcaption>
  );
}
