import type { AuditView } from '../api/console-views.js';
import { AuditRow } from '../components/audit-row.js';
import { Choice, FilterBar, filtersOf, TextFilter, TimeFilter } from '../components/filter-bar.js';
import { Waiting } from '../components/waiting.js';
import { useEvery } from '../live/use-every.js';
import { useLongerList } from '../live/use-longer-list.js';
import { whyNotAllowed } from '../live/whoami.js';
import { ACCESS_TEXTS } from '../texts/access.js';
import { AUDIT_TEXTS as T } from '../texts/audit.js';

/** The log is no topic of the live feed, which viewers may read too. */
const REFRESH_S = 5;
const TIMES = ['from', 'to'] as const;

/** Who did what, from where, on what, and with which outcome. */
export function AuditPage() {
  const denied = whyNotAllowed('admin') !== undefined;
  const filters = wantedEntries();
  const list = useLongerList<AuditView>(denied ? undefined : '/audit', filters, []);
  useEvery(denied ? undefined : REFRESH_S, list.again);
  if (denied) {
    return (
      <main data-testid="audit-page">
        <h2>{T.title}</h2>
        <p class="tone-waiting">{ACCESS_TEXTS.adminsOnly}</p>
      </main>
    );
  }
  const entries = list.value?.items ?? [];
  return (
    <main data-testid="audit-page">
      <div class="title">
        <h2>{T.title}</h2>
        <a class="end button" href={`/api/v1/exports/audit.csv?${filters}`} download="audit.csv">
          {T.export}
        </a>
      </div>
      <p class="muted">{T.what}</p>
      <FilterBar>
        <TextFilter name="actor" label={T.filters.actor} />
        <TextFilter name="object" label={T.filters.object} />
        <Choice name="outcome" label={T.filters.outcome} choices={Object.entries(T.outcomes)} />
        <TimeFilter name="from" label={T.filters.from} />
        <TimeFilter name="to" label={T.filters.to} />
      </FilterBar>
      {list.value === undefined && <Waiting live={list} />}
      {list.value !== undefined && entries.length === 0 && (
        <p class="empty">{[...filters].length === 0 ? T.none : T.noMatch}</p>
      )}
      <ul class="rows frames" data-testid="audit-entries">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {list.more && (
        <p>
          <button type="button" onClick={list.more}>
            {T.older}
          </button>
        </p>
      )}
    </main>
  );
}

/** The fields for times have minutes, and are in UTC. */
function wantedEntries(): URLSearchParams {
  const filters = filtersOf(['actor', 'object', 'outcome', ...TIMES]);
  for (const name of TIMES) {
    const minute = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(filters.get(name) ?? '')?.[0];
    if (minute === undefined) filters.delete(name);
    else filters.set(name, `${minute}:00Z`);
  }
  return filters;
}
