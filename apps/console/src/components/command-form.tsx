import { useState } from 'preact/hooks';
import { callStation } from '../api/act.js';
import type { StationView } from '../api/views.js';
import { commandsOf } from '../commands/commands.js';
import { outcomeText } from '../commands/outcome-text.js';
import { TEXTS } from '../texts.js';
import { ActionButton } from './action-button.js';

const T = TEXTS.command;

/** Any action that a CSMS may send, with its payload. */
export function CommandForm({ station }: { station: StationView }) {
  const known = commandsOf(station.protocol);
  const [action, setAction] = useState(known[0]?.action ?? '');
  const [payload, setPayload] = useState(example(known, action));
  return (
    <section class="form">
      {!station.connected && <p class="tone-bad">{T.offline}</p>}
      <label>
        {T.action}
        <select
          value={action}
          onChange={(event) => {
            setAction(event.currentTarget.value);
            setPayload(example(known, event.currentTarget.value));
          }}
        >
          {known.map((command) => (
            <option key={command.action} value={command.action}>
              {command.action}
            </option>
          ))}
        </select>
      </label>
      <label>
        {T.payload}
        <textarea
          rows={8}
          spellcheck={false}
          value={payload}
          onInput={(event) => setPayload(event.currentTarget.value)}
        />
      </label>
      <ActionButton
        label={T.send}
        testId="send-command"
        confirm={T.confirm(action, station.id)}
        act={async () => outcomeText(await callStation(station.id, action, parsed(payload)))}
      />
    </section>
  );
}

function example(known: ReturnType<typeof commandsOf>, action: string): string {
  return JSON.stringify(known.find((command) => command.action === action)?.example ?? {}, null, 2);
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload === '' ? '{}' : payload);
  } catch {
    throw new Error(T.badJson);
  }
}
