import { act } from '../api/act.js';
import type { Page, UnknownStationView } from '../api/views.js';
import { ActionButton } from '../components/action-button.js';
import { RefusalList } from '../components/refusal-list.js';
import { useLive } from '../live/use-live.js';
import { navigate } from '../routing/location.js';
import { toStation } from '../routing/paths.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.unknownStations;

export function UnknownStationsPage() {
  const { value } = useLive<Page<UnknownStationView>>('/unknown-stations?limit=200', [
    'unknown-station',
    'station',
  ]);
  const refusals = value?.items ?? [];
  return (
    <main>
      <h2>{T.title}</h2>
      <p class="muted">{T.why}</p>
      {value !== undefined && refusals.length === 0 && <p class="empty">{T.none}</p>}
      <RefusalList
        refusals={refusals}
        action={({ id }) => (
          <ActionButton
            label={T.approve}
            needs="admin"
            confirm={TEXTS.command.confirm(T.approve, id)}
            act={async () => {
              await act('POST', `/unknown-stations/${encodeURIComponent(id)}/approve`, {});
              navigate(toStation(id));
              return undefined;
            }}
          />
        )}
      />
    </main>
  );
}
