import type { UnknownStationView } from '../api/views.js';
import { addressText, ageOf } from '../format.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.unknownStations;

/** Who knocked and was not let in, and why. */
export function RefusalList({
  refusals,
  action,
}: {
  refusals: readonly UnknownStationView[];
  action?: (refusal: UnknownStationView) => preact.ComponentChildren;
}) {
  return (
    <ul class="rows">
      {refusals.map((refusal) => (
        <li key={`${refusal.id} ${refusal.reason}`} data-testid={`refusal-${refusal.id}`}>
          <div class="row-line">
            <b>{refusal.id}</b>
            <span class={refusal.state === 'refused' ? 'tone-bad' : 'tone-waiting'}>
              {T.states[refusal.state]}
            </span>
            <span class="muted">{[refusal.vendor, refusal.model].filter(Boolean).join(' ')}</span>
            <span class="muted end" title={refusal.last_seen_at}>
              {TEXTS.ago(ageOf(refusal.last_seen_at))}
            </span>
          </div>
          <p>{refusal.reason}</p>
          <p class="muted">
            {T.attempts(refusal.attempts)}
            {` ${T.from} ${addressText(refusal.remote_address)}`}
            {refusal.protocols.length > 0 && ` · ${refusal.protocols.join(', ')}`}
          </p>
          <p class="muted">{T.url}</p>
          <pre>{refusal.url}</pre>
          {action?.(refusal)}
        </li>
      ))}
    </ul>
  );
}
