import type { AttentionView, Page } from '../api/views.js';
import { AttentionList } from '../components/attention-list.js';
import { useLive } from '../live/use-live.js';
import { query, setQuery } from '../routing/location.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.attention;

export function AttentionPage() {
  const { value, again } = useLive<Page<AttentionView>>('/attention?limit=500', ['attention']);
  const withResolved = query.value.get('resolved') === '1';
  const items = (value?.items ?? []).filter(({ resolved_at }) => withResolved || resolved_at === undefined);
  return (
    <main>
      <h2>{T.title}</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={withResolved}
          onChange={(event) => setQuery('resolved', event.currentTarget.checked ? '1' : '')}
        />
        {T.showResolved}
      </label>
      {value !== undefined && items.length === 0 && <p class="tone-good">✓ {TEXTS.overview.nothing}</p>}
      <AttentionList items={items} onResolved={again} />
    </main>
  );
}
