import type { UnknownStationView } from '../api/views.js';
import { ageOf, words } from '../format.js';
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
            <span class="tone-bad">{words(refusal.reason)}</span>
            <span class="muted end" title={refusal.last_at}>
              {TEXTS.ago(ageOf(refusal.last_at))}
            </span>
          </div>
          {refusal.detail !== undefined && <p>{refusal.detail}</p>}
          <p class="muted">
            {T.attempts(refusal.attempts)}
            {refusal.remote_address !== undefined && ` ${T.from} ${refusal.remote_address}`}
          </p>
          {refusal.url !== undefined && <pre>{refusal.url}</pre>}
          {action?.(refusal)}
        </li>
      ))}
    </ul>
  );
}
