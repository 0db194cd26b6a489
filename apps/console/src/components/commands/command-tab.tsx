import '../../station-tabs.css';
import type { Page, StationView, TransactionView } from '../../api/views.js';
import { COMMON_COMMANDS } from '../../commands/common-commands.js';
import type { Schema } from '../../commands/schema.js';
import { targetsOf } from '../../commands/targets.js';
import { useLive } from '../../live/use-live.js';
import { query, setQuery } from '../../routing/location.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';
import { Waiting } from '../waiting.js';
import { CommandForm } from './command-form.js';
import { CommandHistory } from './command-history.js';

interface Actions {
  protocol: string | null;
  actions: string[];
}

/** Any action that the protocol of a station knows, as a form made of its schema. */
export function CommandTab({ station }: { station: StationView }) {
  const path = `/stations/${encodeURIComponent(station.id)}`;
  const live = useLive<Actions>(`${path}/ocpp`, ['station'], station.id);
  const known = live.value;
  if (known === undefined) return <Waiting live={live} />;
  if (known.actions.length === 0) return <p class="empty">{T.noProtocol}</p>;
  const often = COMMON_COMMANDS.filter((name) => known.actions.includes(name));
  const named = query.value.get('command') ?? '';
  const action = known.actions.includes(named) ? named : (often[0] ?? known.actions[0] ?? '');
  return (
    <div class="columns">
      <section class="form">
        {!station.connected && (
          <p class="tone-bad" role="alert">
            {T.offline}
          </p>
        )}
        <label>
          {T.action}
          <select value={action} onChange={(event) => setQuery('command', event.currentTarget.value)}>
            <optgroup label={T.often}>
              {often.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </optgroup>
            <optgroup label={T.all}>
              {known.actions
                .filter((name) => !often.includes(name))
                .map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
            </optgroup>
          </select>
        </label>
        <ActionForm key={action} station={station} action={action} />
      </section>
      <CommandHistory station={station} actions={known.actions} />
    </div>
  );
}

function ActionForm({ station, action }: { station: StationView; action: string }) {
  const id = encodeURIComponent(station.id);
  const live = useLive<{ request_schema: Schema }>(`/stations/${id}/ocpp/${action}`, []);
  const found = live.value;
  const running = useLive<Page<TransactionView>>(
    `/transactions?station_id=${id}&open=true&limit=50`,
    ['transaction'],
    station.id,
  );
  if (found === undefined) return <Waiting live={live} />;
  if (running.value === undefined) return <Waiting live={running} />;
  return (
    <CommandForm
      station={station}
      action={action}
      schema={found.request_schema}
      targets={targetsOf(station, running.value.items)}
    />
  );
}
