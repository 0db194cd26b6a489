import type { EvseView } from '../api/views.js';
import { ageOf, energy, power } from '../format.js';
import { toTrace } from '../routing/paths.js';
import { EVSE_STATUS_TEXTS, TEXTS } from '../texts.js';
import { ChargingCurve, FoldedCurve } from './curve/charging-curve.js';

const T = TEXTS.station;

/** One EVSE: what partners see, what the charger says, and what runs; `folded`: its curve is opened by hand. */
export function EvseCard({
  stationId,
  evse,
  folded = false,
}: {
  stationId: string;
  evse: EvseView;
  folded?: boolean;
}) {
  const Curve = folded ? FoldedCurve : ChargingCurve;
  const { letter, word, tone } = EVSE_STATUS_TEXTS[evse.status];
  return (
    <li class="card" data-testid={`evse-card-${stationId}-${evse.evse_id}`}>
      <div class={`row-line tone-${tone}`}>
        <span class="letter" aria-hidden="true">
          {letter}
        </span>
        <b>
          {TEXTS.evse(evse.evse_id)} {word}
        </b>
        {evse.status_since !== undefined && (
          <span class="muted end" title={evse.status_since}>
            {ageOf(evse.status_since)}
          </span>
        )}
      </div>
      <ul class="lines">
        {evse.connectors.map((connector) => (
          <li key={connector.connector_id}>
            {TEXTS.connector(connector.connector_id)}: <b>{connector.raw_status}</b>
            {hasFault(connector.error_code) && (
              <span class="tone-bad">
                {' '}
                {[connector.error_code, connector.vendor_error_code, connector.info]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            )}{' '}
            <span class="muted" title={connector.reported_at}>
              {T.reportedAgo(ageOf(connector.reported_at))}
            </span>
          </li>
        ))}
        <li class="muted">
          {evse.evse_uid === undefined ? (
            <span class="tone-bad">{T.notPublished}</span>
          ) : (
            `${evse.evse_uid}: ${T.publishedAs(evse.status)}`
          )}
        </li>
        {evse.transaction_id !== undefined && (
          <li>
            <a href={toTrace(evse.transaction_id)}>{T.transactions.running}</a>
            {evse.charging_state !== undefined && ` · ${evse.charging_state}`}
            {evse.power_w !== undefined && ` · ${power(evse.power_w)}`}
            {evse.energy_wh !== undefined && ` · ${energy(evse.energy_wh / 1_000)}`}
          </li>
        )}
      </ul>
      {evse.transaction_id !== undefined && (
        <Curve key={evse.transaction_id} transactionId={evse.transaction_id} stationId={stationId} />
      )}
    </li>
  );
}

function hasFault(errorCode: string | undefined): boolean {
  return errorCode !== undefined && errorCode !== 'NoError';
}
