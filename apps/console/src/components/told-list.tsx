import type { DeliveryView, Page, StationView } from '../api/views.js';
import { ageOf } from '../format.js';
import { partnerNames } from '../live/picture.js';
import { useLive } from '../live/use-live.js';
import { toPartner } from '../routing/paths.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.station.told;

const TOLD = '/deliveries?kind=evse&state=pending,parked,acknowledged,discarded&limit=500';

/** What each partner was last told of the EVSEs of a station, and whether it took it. */
export function ToldList({ station }: { station: StationView }) {
  const { value } = useLive<Page<DeliveryView>>(TOLD, ['delivery']);
  if (value === undefined) return <p class="muted">{TEXTS.loading}</p>;
  const uids = new Set(station.evses.flatMap(({ evse_uid }) => (evse_uid === undefined ? [] : [evse_uid])));
  const told = value.items.filter(
    ({ kind, key }) => kind === 'evse' && [...uids].some((uid) => key === uid || key.endsWith(`/${uid}`)),
  );
  if (told.length === 0) return <p class="empty">{T.none}</p>;
  return (
    <ul class="rows">
      {told.map((delivery) => (
        <li key={delivery.id}>
          <div class="row-line">
            <a href={toPartner(delivery.partner_id)}>
              <b>{partnerNames.value.get(delivery.partner_id) ?? delivery.partner_id}</b>
            </a>
            <span class="muted shrink">{delivery.key}</span>
            <span class={`end tone-${delivery.state === 'acknowledged' ? 'good' : 'waiting'}`}>
              {toldText(delivery)}
            </span>
          </div>
          {delivery.last_error !== undefined && delivery.state !== 'acknowledged' && (
            <p class="tone-bad">{delivery.last_error}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

function toldText({ state, acknowledged_at }: DeliveryView): string {
  if (state === 'parked') return T.parked;
  if (state === 'discarded') return T.discarded;
  return state === 'acknowledged' && acknowledged_at !== undefined
    ? T.acknowledged(ageOf(acknowledged_at))
    : T.due;
}
