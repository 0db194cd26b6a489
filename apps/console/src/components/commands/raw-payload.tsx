import { useState } from 'preact/hooks';
import { isObject, type JsonObject } from '../../commands/schema.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';

/** The payload as it will cross the wire; experts change it here. */
export function RawPayload(props: {
  payload: JsonObject;
  onPayload: (payload: JsonObject) => void;
  onProblem: (problem: string | undefined) => void;
}) {
  // What is being typed; undefined = the form wrote last.
  const [typed, setTyped] = useState<{ text: string; of: JsonObject } | undefined>();
  const isCurrent = typed !== undefined && (typed.of === props.payload || parsed(typed.text) === undefined);
  const text = isCurrent ? typed.text : JSON.stringify(props.payload, null, 2);
  const broken = parsed(text) === undefined;
  const type = (next: string) => {
    const payload = parsed(next);
    setTyped({ text: next, of: payload ?? props.payload });
    props.onProblem(payload === undefined ? T.badJson : undefined);
    if (payload !== undefined) props.onPayload(payload);
  };
  return (
    <details class="raw" data-testid="raw-payload">
      <summary>{T.raw}</summary>
      <label>
        <span class="muted">{T.rawHint}</span>
        <textarea
          rows={Math.min(20, text.split('\n').length + 1)}
          spellcheck={false}
          value={text}
          aria-invalid={broken}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
      {broken && (
        <p class="tone-bad" role="alert">
          ✗ {T.badJson}
        </p>
      )}
    </details>
  );
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
