import type { FrameView, StationView, TransactionView } from '../api/views.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.field;

/** What a charger must have shown before it is handed over; ticks itself. */
export function CheckList(seen: {
  station: StationView;
  frames: readonly FrameView[];
  transactions: readonly TransactionView[];
}) {
  const checks = checked(seen);
  return (
    <section>
      <h3>{T.checks}</h3>
      <ul class="checks" data-testid="commissioning">
        {(Object.keys(T.checkNames) as (keyof typeof T.checkNames)[]).map((name) => (
          <li key={name} class={checks[name] ? 'tone-good' : 'muted'}>
            <span aria-hidden="true">{checks[name] ? '✓' : '○'}</span> {T.checkNames[name]}
            <span class="hidden"> {checks[name] ? T.done : T.open}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function checked({
  station,
  frames,
  transactions,
}: Parameters<typeof CheckList>[0]): Record<keyof typeof T.checkNames, boolean> {
  const { evses } = station;
  const came = (action: string) =>
    frames.some((frame) => frame.direction === 'in' && frame.action === action);
  return {
    socket: station.connected,
    protocol: station.protocol !== undefined,
    boot: station.boot_status === 'Accepted',
    heartbeat: station.last_heartbeat_at !== undefined || came('Heartbeat'),
    status: evses.length > 0 && evses.every(({ connectors }) => connectors.length > 0),
    location: evses.length > 0 && evses.every(({ location_id }) => location_id !== undefined),
    meter: came('MeterValues') || transactions.some(({ energy_wh }) => energy_wh > 0),
    session: transactions.some(({ open }) => !open),
  };
}
