import type { CdrView, Page, PartnerView, SessionView } from '../api/views.js';
import { CdrList, SessionList } from '../components/charging-lists.js';
import { Choice, FilterBar, filtersOf, TextFilter } from '../components/filter-bar.js';
import { Waiting } from '../components/waiting.js';
import { useLive } from '../live/use-live.js';
import { useLongerList } from '../live/use-longer-list.js';
import { query } from '../routing/location.js';
import { CHARGING_TEXTS as T } from '../texts/charging.js';

/** Newest sessions and CDRs, how far their partners know them, narrowed by the filters of the address. */
export function ChargingPage() {
  const partners = useLive<Page<PartnerView>>('/partners', ['partner']);
  const whose = filtersOf(['partner_id', 'station_id']);
  const sessionFilters = withFilter(filtersOf(['partner_id', 'station_id', 'status']), 'delivery', 'session');
  const cdrFilters = withFilter(whose, 'delivery', 'cdr');
  const sessions = useLongerList<SessionView>('/sessions', sessionFilters, ['session', 'delivery']);
  const cdrs = useLongerList<CdrView>('/cdrs', cdrFilters, ['cdr', 'delivery']);
  const names = (partners.value?.items ?? []).map(({ id, name }) => [id, name] as const);
  const { held: _held, ...deliveries } = T.deliveries;
  const all = ['', T.all] as const;
  return (
    <main data-testid="charging-page">
      <div class="title">
        <h2>{T.title}</h2>
        <a class="end button" href={`/api/v1/exports/cdrs.csv?${cdrFilters}`} download="cdrs.csv">
          {T.export}
        </a>
      </div>
      <FilterBar>
        <Choice name="partner_id" label={T.filters.partner} choices={[['', T.allPartners], ...names]} />
        <TextFilter name="station_id" label={T.filters.station} />
        <Choice name="status" label={T.filters.status} choices={[all, ...Object.entries(T.statuses)]} />
        <Choice name="session" label={T.filters.session} choices={[all, ...Object.entries(deliveries)]} />
        <Choice name="cdr" label={T.filters.cdr} choices={[all, ...Object.entries(T.deliveries)]} />
      </FilterBar>
      <div class="columns">
        <div>
          {sessions.value === undefined ? (
            <Waiting live={sessions} />
          ) : (
            <SessionList
              sessions={sessions.value.items}
              empty={[...sessionFilters].length === 0 ? T.noSessions : T.noMatch}
            />
          )}
          <More onPress={sessions.more} />
        </div>
        <div>
          {cdrs.value === undefined ? (
            <Waiting live={cdrs} />
          ) : (
            <CdrList cdrs={cdrs.value.items} empty={[...cdrFilters].length === 0 ? T.noCdrs : T.noMatch} />
          )}
          <More onPress={cdrs.more} />
        </div>
      </div>
    </main>
  );
}

function More({ onPress }: { onPress: (() => void) | undefined }) {
  if (onPress === undefined) return null;
  return (
    <p>
      <button type="button" onClick={onPress}>
        {T.more}
      </button>
    </p>
  );
}

/** A filter of the API that has another name in the address. */
function withFilter(filters: URLSearchParams, name: string, inAddress: string): URLSearchParams {
  const value = query.value.get(inAddress);
  if (value) filters.set(name, value);
  return filters;
}
