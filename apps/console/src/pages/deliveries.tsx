import type { DeliveryView, Page, PartnerView } from '../api/views.js';
import { DeliveryList } from '../components/delivery-list.js';
import { Choice, FilterBar, filtersOf } from '../components/filter-bar.js';
import { LaneList } from '../components/lane-list.js';
import { Waiting } from '../components/waiting.js';
import { UNTOLD_S, useEvery } from '../live/use-every.js';
import { useLive } from '../live/use-live.js';
import { useLongerList } from '../live/use-longer-list.js';
import { query } from '../routing/location.js';
import { DELIVERY_TEXTS as T } from '../texts/deliveries.js';

/** The lanes of the partners, and what each still has to be told: why not yet, and when it is tried again. */
export function DeliveriesPage() {
  const partners = useLive<Page<PartnerView>>('/partners', ['partner', 'delivery']);
  const state = query.value.get('state') ?? '';
  const filters = filtersOf(['partner_id', 'kind']);
  const main = useLongerList<DeliveryView>('/deliveries', withState(filters, state || 'parked'), [
    'delivery',
  ]);
  // Without a state both kinds of what is open are shown, and what a person must decide comes first.
  const waiting = useLongerList<DeliveryView>(
    state === '' ? '/deliveries' : undefined,
    withState(filters, 'pending'),
    ['delivery'],
  );
  useEvery(UNTOLD_S, partners.again);
  useEvery(UNTOLD_S, main.again);
  useEvery(UNTOLD_S, waiting.again);
  const isRead = main.value !== undefined && (state !== '' || waiting.value !== undefined);
  const shown = [...(main.value?.items ?? []), ...(waiting.value?.items ?? [])];
  const isFiltered = state !== '' || [...filters].length > 0;
  const more = main.more ?? waiting.more;
  const names = (partners.value?.items ?? []).map(({ id, name }) => [id, name] as const);
  return (
    <main data-testid="deliveries-page">
      <h2>{T.title}</h2>
      <section>
        <h3>{T.lanes}</h3>
        {partners.value === undefined ? (
          <Waiting live={partners} />
        ) : (
          <LaneList partners={partners.value.items} />
        )}
      </section>
      <section>
        <h3>{T.open}</h3>
        <FilterBar>
          <Choice name="partner_id" label={T.filters.partner} choices={[['', T.allPartners], ...names]} />
          <Choice name="state" label={T.filters.state} choices={Object.entries(T.states)} />
          <Choice
            name="kind"
            label={T.filters.kind}
            choices={[['', T.allKinds], ...Object.entries(T.kinds)]}
          />
        </FilterBar>
        {!isRead && <Waiting live={main} />}
        {isRead && shown.length === 0 && (
          <p class={isFiltered ? 'empty' : 'tone-good'}>{isFiltered ? T.noMatch : `✓ ${T.none}`}</p>
        )}
        <DeliveryList
          deliveries={shown}
          partners={partners.value?.items ?? []}
          onDecided={() => {
            main.again();
            waiting.again();
          }}
        />
        {more && (
          <p>
            <button type="button" onClick={more}>
              {T.more}
            </button>
          </p>
        )}
      </section>
    </main>
  );
}

function withState(filters: URLSearchParams, state: string): URLSearchParams {
  const query = new URLSearchParams(filters);
  query.set('state', state);
  return query;
}
