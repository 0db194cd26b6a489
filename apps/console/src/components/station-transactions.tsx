import type { Page, StationView, TransactionView } from '../api/views.js';
import { clockTime, energy } from '../format.js';
import { useLive } from '../live/use-live.js';
import { toTrace } from '../routing/paths.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.station.transactions;

/** The charger's own records, newest first. */
export function StationTransactions({ station }: { station: StationView }) {
  const path = `/transactions?station_id=${encodeURIComponent(station.id)}&limit=50`;
  const { value } = useLive<Page<TransactionView>>(path, ['transaction'], station.id);
  if (value === undefined) return <p class="muted">{TEXTS.loading}</p>;
  if (value.items.length === 0) return <p class="empty">{T.none}</p>;
  return (
    <ul class="rows">
      {value.items.map((transaction) => (
        <li key={transaction.id}>
          <div class="row-line">
            <a href={toTrace(transaction.id)}>
              <b class={transaction.open ? 'tone-busy' : ''}>
                {transaction.open ? T.running : T.ended(transaction.stop_reason ?? T.noReason)}
              </b>
            </a>
            <span>{transaction.evse_id === undefined ? '' : TEXTS.evse(transaction.evse_id)}</span>
            <span class="figure">{energy(transaction.energy_wh / 1_000)}</span>
            <span class="muted end" title={transaction.started_at}>
              {clockTime(transaction.started_at)}
              {transaction.stopped_at !== undefined && ` – ${clockTime(transaction.stopped_at)}`}
            </span>
          </div>
          <div class="row-line">
            <span class="muted">{transaction.id_token ?? T.noToken}</span>
            <span class="muted">{transaction.ocpp_transaction_id}</span>
            {transaction.flags.length > 0 && (
              <span class="tone-waiting end">{transaction.flags.join(' · ').toLowerCase()}</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
