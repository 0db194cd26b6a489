import type { ComponentChildren } from 'preact';
import { query, setQuery } from '../../routing/location.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { ActionButton } from '../action-button.js';

/** What is looked for; a link to the page shows the same. */
export const findText = (): string => (query.value.get('find') ?? '').trim().toLowerCase();
export const onlyDifferences = (): boolean => query.value.get('only') === 'differences';

/** Search, what differs, and a new reading. */
export function Toolbar({ read, children }: { read: () => Promise<string>; children: ComponentChildren }) {
  return (
    <div class="tab-actions">
      <div class="filters">
        <input
          type="search"
          placeholder={T.find}
          aria-label={T.find}
          value={query.value.get('find') ?? ''}
          onInput={(event) => setQuery('find', event.currentTarget.value)}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={onlyDifferences()}
            onChange={(event) => setQuery('only', event.currentTarget.checked ? 'differences' : '')}
          />
          {T.onlyDifferences}
        </label>
        <ActionButton label={T.readAgain} needs="field" testId="read-again" act={read} />
      </div>
      {children}
    </div>
  );
}
