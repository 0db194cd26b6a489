import { useId, useState } from 'preact/hooks';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';

/** What kind of value is entered, and within which limits. */
export interface ValueKind {
  words?: readonly string[];
  number?: boolean;
  min?: number | undefined;
  max?: number | undefined;
  maxLength?: number;
}

const LONGEST = 2_500;

/** A value that is to be sent to a charger. */
export function NewValue(entry: {
  name: string;
  kind: ValueKind;
  value: string;
  onSave: (value: string) => void;
  onCancel: () => void;
}) {
  const { name, kind } = entry;
  const [value, setValue] = useState(entry.value);
  const id = useId();
  const label = T.newValue(name);
  const limits = T.limits(kind.min, kind.max);
  return (
    <form
      class="whole form"
      onSubmit={(event) => {
        event.preventDefault();
        entry.onSave(value);
      }}
    >
      <div class="input">
        <label for={id}>
          {label} {limits !== '' && <span class="muted">({limits})</span>}
        </label>
        {kind.words === undefined ? (
          <Typed id={id} kind={kind} value={value} onValue={setValue} />
        ) : (
          <select id={id} value={value} onChange={(event) => setValue(event.currentTarget.value)}>
            {[...new Set([value, ...kind.words])].map((word) => (
              <option key={word} value={word}>
                {word}
              </option>
            ))}
          </select>
        )}
      </div>
      <span class="buttons">
        <button class="main" type="submit">
          {T.save}
        </button>
        <button type="button" onClick={entry.onCancel}>
          {T.cancel}
        </button>
      </span>
    </form>
  );
}

function Typed({
  id,
  kind,
  value,
  onValue,
}: {
  id: string;
  kind: ValueKind;
  value: string;
  onValue: (value: string) => void;
}) {
  if (!kind.number) {
    return (
      <input
        id={id}
        type="text"
        maxLength={kind.maxLength ?? LONGEST}
        autocomplete="off"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      id={id}
      type="number"
      step="any"
      required
      value={value}
      {...(kind.min === undefined ? {} : { min: kind.min })}
      {...(kind.max === undefined ? {} : { max: kind.max })}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
}
