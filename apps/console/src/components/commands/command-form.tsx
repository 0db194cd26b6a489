import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { callStation } from '../../api/act.js';
import { gatewayNow } from '../../api/read.js';
import type { StationView } from '../../api/views.js';
import { problemsOf } from '../../commands/check.js';
import { changesSomething } from '../../commands/common-commands.js';
import { hasTarget, prefilled } from '../../commands/prefill.js';
import {
  fieldsOf,
  isObject,
  type JsonObject,
  type Place,
  type Schema,
  withValue,
} from '../../commands/schema.js';
import type { NamedTarget } from '../../commands/targets.js';
import { whyNotAllowed } from '../../live/whoami.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';
import { reusedPayload } from './command-history.js';
import { CommandOutcome, type Outcome } from './command-outcome.js';
import { Members } from './members.js';
import { RawPayload } from './raw-payload.js';

interface Command {
  station: StationView;
  action: string;
  schema: Schema;
  targets: readonly NamedTarget[];
}

/** One command: its values, what will be sent, and what became of it. */
export function CommandForm({ station, action, schema, targets }: Command) {
  const [target, setTarget] = useState(0);
  const fresh = (of: number) => prefilled(action, schema, targets[of] ?? {}, gatewayNow());
  const [payload, setPayload] = useState<JsonObject>(() => fresh(0));
  const [rawProblem, setRawProblem] = useState<string | undefined>();
  const [tried, setTried] = useState(false);
  const denied = whyNotAllowed('field');
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const form = useRef<HTMLFormElement>(null);
  const problems = useMemo(() => problemsOf(payload, schema), [payload, schema]);
  useEffect(
    () =>
      reusedPayload.subscribe((reused) => {
        if (reused?.action !== action) return;
        setPayload(reused.payload);
        reusedPayload.value = undefined;
      }),
    [action],
  );

  const change = (place: Place, value: unknown) => {
    const next = withValue(payload, place, value);
    if (isObject(next)) setPayload(next);
  };
  const aim = (index: number) => {
    setTarget(index);
    setPayload(fresh(index));
  };
  const send = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (rawProblem !== undefined || problems.size > 0) {
      setOutcome({ kind: 'not-sent', text: rawProblem ?? T.broken, problems: [...problems] });
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    const question = T.confirm(action, station.id, T.dangers[action] ?? '');
    if (changesSomething(action) && !confirm(question)) return;
    setOutcome({ kind: 'waiting', action });
    try {
      setOutcome({ kind: 'answered', answer: await callStation(station.id, action, payload) });
    } catch (error) {
      setOutcome({
        kind: 'not-sent',
        text: error instanceof Error ? error.message : String(error),
        problems: [],
      });
    }
  };
  const empty = fieldsOf(schema, schema).length === 0;
  return (
    <form ref={form} class="form" noValidate onSubmit={send} data-testid="command-form">
      {targets.length > 1 && hasTarget(schema) && (
        <label>
          {T.target}
          <select value={target} onChange={(event) => aim(Number(event.currentTarget.value))}>
            {targets.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {empty && <p class="muted">{T.nothingToFill}</p>}
      <Members
        schema={schema}
        root={schema}
        value={payload}
        place={[]}
        form={{ change, problems, showMissing: tried }}
      />
      <RawPayload payload={payload} onPayload={setPayload} onProblem={setRawProblem} />
      <p class="buttons sticky-end">
        <button
          class="main"
          type="submit"
          disabled={outcome?.kind === 'waiting' || denied !== undefined}
          data-testid="send-command"
        >
          {T.send(action)}
        </button>
        {denied !== undefined && <span class="muted">{denied}</span>}
        <button type="button" onClick={() => aim(target)}>
          {T.startAgain}
        </button>
      </p>
      <CommandOutcome outcome={outcome} />
    </form>
  );
}
