import { act } from '../api/act.js';
import type { DeliveryView } from '../api/views.js';
import { TEXTS } from '../texts.js';
import { ActionButton } from './action-button.js';

const T = TEXTS.partners;

/** What a partner still has to be told; what it refused comes first. */
export function PendingList({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  if (deliveries.length === 0) return <p class="tone-good">✓ {T.noDeliveries}</p>;
  const decide = (id: string, verb: 'retry' | 'discard') => async () => {
    await act('POST', `/deliveries/${encodeURIComponent(id)}/${verb}`);
    return undefined;
  };
  return (
    <ul class="rows">
      {deliveries.map(({ id, kind, key, state, attempts, last_error }) => (
        <li key={id}>
          <div class="row-line">
            <b>{kind}</b>
            <span class="muted shrink">{key}</span>
            <span class={`end tone-${state === 'parked' ? 'bad' : 'waiting'}`}>
              {TEXTS.delivery[state]}
              {attempts > 0 && ` (${attempts})`}
            </span>
          </div>
          {last_error !== undefined && <p class="tone-bad">{last_error}</p>}
          <p class="buttons">
            <ActionButton label={T.retry} act={decide(id, 'retry')} />
            <ActionButton
              label={T.discard}
              confirm={TEXTS.command.confirm(T.discard, `${kind} ${key}`)}
              act={decide(id, 'discard')}
            />
          </p>
        </li>
      ))}
    </ul>
  );
}
