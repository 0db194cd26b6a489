import { useId } from 'preact/hooks';
import { gatewayNow } from '../../api/read.js';
import { type Field, kindOf, type Schema } from '../../commands/schema.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';

/** Longer texts get room. */
const LONG_TEXT = 200;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

interface Entered {
  field: Field;
  value: unknown;
  problem: string | undefined;
  onChange: (value: unknown) => void;
}

/** One value with its name, its limits, and what is wrong with it. */
export function Input({ field, value, problem, onChange }: Entered) {
  const id = useId();
  const { name, required, schema } = field;
  const hint = hintOf(schema, value);
  const described = {
    id,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': problem !== undefined,
    'aria-required': required,
  };
  return (
    <div class="input">
      <label for={id}>
        {name} {required && <span class="muted">({T.needed})</span>}
      </label>
      <Control schema={schema} required={required} value={value} onChange={onChange} described={described} />
      <p id={`${id}-hint`} class={problem === undefined ? 'muted hint' : 'tone-bad hint'}>
        {problem === undefined ? hint : `✗ ${problem}`}
      </p>
    </div>
  );
}

function Control(control: {
  schema: Schema;
  required: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  described: Record<string, string | boolean>;
}) {
  const { schema, value, onChange, described } = control;
  const kind = kindOf(schema);
  const text = value === undefined ? '' : String(value);
  const enter = (next: string) => onChange(next === '' ? undefined : next);
  if (kind === 'choice' || kind === 'boolean') {
    const words = kind === 'choice' ? (schema.enum ?? []) : ['true', 'false'];
    const take = (word: string) =>
      onChange(word === '' ? undefined : kind === 'choice' ? word : word === 'true');
    return (
      <select {...described} value={text} onChange={(event) => take(event.currentTarget.value)}>
        <option value="">{control.required ? T.choose : T.left}</option>
        {words.map((word) => (
          <option key={word} value={word}>
            {kind === 'choice' ? word : word === 'true' ? T.yes : T.no}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'time') {
    return (
      <span class="with-button">
        <input
          {...described}
          type="datetime-local"
          step={1}
          value={localTime(text)}
          onInput={(event) => enter(utcTime(event.currentTarget.value))}
        />
        <button type="button" onClick={() => enter(new Date(gatewayNow()).toISOString())}>
          {T.now}
        </button>
      </span>
    );
  }
  if (kind === 'integer' || kind === 'number') {
    return (
      <input
        {...described}
        type="number"
        inputMode={kind === 'integer' ? 'numeric' : 'decimal'}
        step={kind === 'integer' ? 1 : 'any'}
        value={text}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
        }
      />
    );
  }
  if ((schema.maxLength ?? 0) > LONG_TEXT) {
    return (
      <textarea
        {...described}
        rows={3}
        spellcheck={false}
        value={text}
        onInput={(event) => enter(event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      {...described}
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      value={text}
      onInput={(event) => enter(event.currentTarget.value)}
    />
  );
}

function hintOf(schema: Schema, value: unknown): string {
  const { maxLength, minimum, maximum } = schema;
  if (kindOf(schema) === 'time') return typeof value === 'string' ? T.utc(value.replace('Z', '')) : '';
  if (maxLength !== undefined)
    return T.characters(typeof value === 'string' ? [...value].length : 0, maxLength);
  return T.range(minimum, maximum);
}

/** A time as the input of a browser takes it: local, to the second. */
function localTime(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return '';
  const local = at - new Date(at).getTimezoneOffset() * MINUTE_MS;
  return new Date(Math.floor(local / SECOND_MS) * SECOND_MS).toISOString().slice(0, 19);
}

function utcTime(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
