import type { EvseView } from '../api/views.js';
import { ageOf, energy, power } from '../format.js';
import { EVSE_STATUS_TEXTS, SUSPENDED, TEXTS } from '../texts.js';

/** Status of an EVSE: letter, word, the charger's own word and its age, and what the running transaction draws. */
export function EvseChip({ stationId, evse }: { stationId: string; evse: EvseView }) {
  const connector = evse.connectors[0];
  const state = evse.charging_state;
  const { letter, word, tone } = state?.startsWith('Suspended') ? SUSPENDED : EVSE_STATUS_TEXTS[evse.status];
  return (
    <li class={`chip tone-${tone}`} data-testid={`evse-chip-${stationId}-${evse.evse_id}`}>
      <span class="letter" aria-hidden="true">
        {letter}
      </span>
      <span class="chip-text">
        <span>
          {TEXTS.evse(evse.evse_id)} <b>{word}</b>
        </span>
        {evse.power_w !== undefined && <span>{power(evse.power_w)}</span>}
        {evse.energy_wh !== undefined && <span>{energy(evse.energy_wh / 1_000)}</span>}
        {state !== undefined && state !== connector?.raw_status && <span class="muted">{state}</span>}
        {connector !== undefined && (
          <span class="muted" title={connector.reported_at}>
            {connector.raw_status}
            {hasFault(connector.error_code) && ` (${connector.error_code})`} · {ageOf(connector.reported_at)}
          </span>
        )}
      </span>
    </li>
  );
}

function hasFault(errorCode: string | undefined): boolean {
  return errorCode !== undefined && errorCode !== 'NoError';
}
