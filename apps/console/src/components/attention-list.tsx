import { act } from '../api/act.js';
import type { AttentionView } from '../api/views.js';
import { ageOf, words } from '../format.js';
import { partnerNames } from '../live/picture.js';
import { toCdr, toPartner, toStation } from '../routing/paths.js';
import { TEXTS } from '../texts.js';
import { ActionButton } from './action-button.js';

const T = TEXTS.attention;

/** What a person must look at, with the way to it. */
export function AttentionList({
  items,
  onResolved,
}: {
  items: readonly AttentionView[];
  onResolved: () => void;
}) {
  return (
    <ul class="rows">
      {items.map((item) => (
        <li key={item.id} data-testid={`attention-${item.id}`}>
          <div class="row-line">
            <b class={item.resolved_at === undefined ? 'tone-waiting' : 'muted'}>{words(item.kind)}</b>
            {item.station_id !== undefined && <a href={toStation(item.station_id)}>{item.station_id}</a>}
            {item.partner_id !== undefined && (
              <a href={toPartner(item.partner_id)}>
                {partnerNames.value.get(item.partner_id) ?? item.partner_id}
              </a>
            )}
            <span class="muted end" title={item.created_at}>
              {TEXTS.ago(ageOf(item.created_at))}
            </span>
          </div>
          <p>{item.message}</p>
          {item.kind.startsWith('cdr') && (
            <p>
              <a href={toCdr(item.subject)}>{T.openCdr}</a>
            </p>
          )}
          {item.resolved_at === undefined && (
            <ActionButton
              label={T.resolve}
              needs="admin"
              act={async () => {
                await act('POST', `/attention/${encodeURIComponent(item.id)}/resolve`);
                onResolved();
                return undefined;
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
