import { useState } from 'preact/hooks';
import { act } from '../api/act.js';
import type { DeliveryView, PartnerView } from '../api/views.js';
import { DELIVERY_TEXTS as T } from '../texts/deliveries.js';
import { ActionButton } from './action-button.js';
import { DeliveryRow, isUntold } from './delivery-row.js';

/** Requests of a decision about many that are under way at a time. */
const AT_A_TIME = 4;

/** What partners are to be told, with decisions about one and about all that are shown. */
export function DeliveryList({
  deliveries,
  partners,
  onDecided,
}: {
  deliveries: readonly DeliveryView[];
  partners: readonly PartnerView[];
  onDecided: () => void;
}) {
  const untold = deliveries.filter(isUntold);
  const [done, setDone] = useState(0);
  const decideAll = (verb: 'retry' | 'discard') => async () => {
    setDone(0);
    const result = await forEach(untold, async ({ id }) => {
      await act('POST', `/deliveries/${encodeURIComponent(id)}/${verb}`);
      setDone((count) => count + 1);
    });
    onDecided();
    return T.outcome(result.done, result.failed);
  };
  return (
    <>
      {untold.length > 1 && (
        <p class="buttons" data-done={done}>
          <ActionButton
            label={T.retryAll(untold.length)}
            needs="admin"
            testId="retry-all"
            confirm={T.confirmRetry(untold.length)}
            act={decideAll('retry')}
          />
          <ActionButton
            label={T.discardAll(untold.length)}
            needs="admin"
            testId="discard-all"
            confirm={T.confirmDiscard(untold.length)}
            act={decideAll('discard')}
          />
        </p>
      )}
      <ul class="rows">
        {deliveries.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            partner={partners.find(({ id }) => id === delivery.partner_id)}
            onDecided={onDecided}
          />
        ))}
      </ul>
    </>
  );
}

/** What is gone or decided meanwhile fails alone. */
async function forEach<T>(
  items: readonly T[],
  task: (item: T) => Promise<void>,
): Promise<{ done: number; failed: number }> {
  const result = { done: 0, failed: 0 };
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await task(item).then(
        () => {
          result.done += 1;
        },
        () => {
          result.failed += 1;
        },
      );
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return result;
}
