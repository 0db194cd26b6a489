import type { ComponentChildren } from 'preact';
import { prefilled } from '../../commands/prefill.js';
import {
  type Field,
  fieldsOf,
  isObject,
  kindOf,
  type Place,
  pointerOf,
  resolved,
  type Schema,
} from '../../commands/schema.js';
import { COMMAND_TEXTS as T } from '../../texts/commands.js';
import { Input } from './input.js';

/** What every member of a form needs. */
export interface FormState {
  change: (place: Place, value: unknown) => void;
  problems: ReadonlyMap<string, string>;
  /** Someone tried to send it: say also what is missing. */
  showMissing: boolean;
}

interface Shown {
  root: Schema;
  value: unknown;
  place: Place;
  form: FormState;
}

/** The members of an object, those that it must have first, the others folded away until one is given. */
export function Members({ schema, root, value, place, form }: Shown & { schema: Schema }) {
  const fields = fieldsOf(schema, root);
  const given = isObject(value) ? value : {};
  const shown = fields.filter(({ name, required }) => required || given[name] !== undefined);
  const others = fields.filter((field) => !shown.includes(field));
  const member = (field: Field) => (
    <Member
      key={field.name}
      field={field}
      root={root}
      value={given[field.name]}
      place={[...place, field.name]}
      form={form}
    />
  );
  return (
    <>
      {shown.map(member)}
      {others.length > 0 && (
        <details class="optional">
          <summary>{T.optional(others.length)}</summary>
          <div class="form">{others.map(member)}</div>
        </details>
      )}
    </>
  );
}

function Member({ field, root, value, place, form }: Shown & { field: Field }) {
  const { name, required, schema } = field;
  const kind = kindOf(schema);
  if (kind === 'object' || kind === 'list') {
    const remove = required ? undefined : () => form.change(place, undefined);
    if (value === undefined)
      return <AddButton name={name} onAdd={() => form.change(place, empty(kind, schema, root))} />;
    return (
      <Group name={name} problem={shownProblem(form, place)} onRemove={remove}>
        {kind === 'object' ? (
          <Members schema={schema} root={root} value={value} place={place} form={form} />
        ) : (
          <Items field={field} root={root} value={value} place={place} form={form} />
        )}
      </Group>
    );
  }
  return (
    <Input
      field={field}
      value={value}
      problem={shownProblem(form, place)}
      onChange={(next) => form.change(place, next)}
    />
  );
}

/** The items of a list, each with what it takes. */
function Items({ field, root, value, place, form }: Shown & { field: Field }) {
  const items = resolved(field.schema.items ?? {}, root);
  const list = Array.isArray(value) ? value : [];
  const kind = kindOf(items);
  const { maxItems = Infinity } = field.schema;
  const first = kind === 'object' || kind === 'list' ? empty(kind, items, root) : (items.enum?.[0] ?? '');
  return (
    <>
      {list.map((item, index) => {
        const name = T.item(field.name, index + 1);
        const at = [...place, index];
        const remove = () => form.change(at, undefined);
        return (
          <Group key={index} name={name} problem={undefined} onRemove={remove}>
            {kind === 'object' ? (
              <Members schema={items} root={root} value={item} place={at} form={form} />
            ) : (
              <Input
                field={{ name, required: true, schema: items }}
                value={item}
                problem={shownProblem(form, at)}
                onChange={(next) => form.change(at, next ?? '')}
              />
            )}
          </Group>
        );
      })}
      {list.length < maxItems && (
        <AddButton name={field.name} onAdd={() => form.change([...place, list.length], first)} />
      )}
    </>
  );
}

function Group(group: {
  name: string;
  problem: string | undefined;
  onRemove: (() => void) | undefined;
  children: ComponentChildren;
}) {
  return (
    <fieldset>
      <legend>{group.name}</legend>
      {group.problem !== undefined && <p class="tone-bad">✗ {group.problem}</p>}
      {group.children}
      {group.onRemove !== undefined && (
        <p>
          <button type="button" onClick={group.onRemove}>
            {T.remove(group.name)}
          </button>
        </p>
      )}
    </fieldset>
  );
}

function AddButton({ name, onAdd }: { name: string; onAdd: () => void }) {
  return (
    <p>
      <button type="button" onClick={onAdd}>
        + {T.add(name)}
      </button>
    </p>
  );
}

function empty(kind: 'object' | 'list', schema: Schema, root: Schema): unknown {
  if (kind === 'list') return [];
  return prefilled('', { ...schema, definitions: root.definitions ?? {} }, {}, Date.now());
}

/** What is missing is no reproach to someone who has not come to it yet. */
function shownProblem(form: FormState, place: Place): string | undefined {
  const problem = form.problems.get(pointerOf(place));
  return problem === T.problems.required && !form.showMissing ? undefined : problem;
}
