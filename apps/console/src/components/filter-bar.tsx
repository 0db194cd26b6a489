import { query, setQuery } from '../routing/location.js';

/** Filters of a page. They stand in its address, so that a link to it shows the same. */
export function FilterBar({ children }: { children: preact.ComponentChildren }) {
  return <div class="filters labelled">{children}</div>;
}

/** One of a few values; the empty one means that it does not matter. */
export function Choice({
  name,
  label,
  choices,
}: {
  name: string;
  label: string;
  choices: readonly (readonly [value: string, text: string])[];
}) {
  return (
    <label>
      {label}
      <select
        name={name}
        value={query.value.get(name) ?? ''}
        onChange={(event) => setQuery(name, event.currentTarget.value)}
      >
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Named {
  name: string;
  label: string;
}

/** A part of a text. */
export function TextFilter({ name, label }: Named) {
  return (
    <label>
      {label}
      <input type="search" {...typed(name)} />
    </label>
  );
}

/** A time of UTC. */
export function TimeFilter({ name, label }: Named) {
  return (
    <label>
      {label}
      <input type="datetime-local" {...typed(name)} />
    </label>
  );
}

/** What is typed stands in the address. */
function typed(name: string) {
  return {
    name,
    value: query.value.get(name) ?? '',
    onInput: (event: { currentTarget: HTMLInputElement }) => setQuery(name, event.currentTarget.value),
  };
}

/** The members of the address that are filters, as the operator API takes them; empty ones are left out. */
export function filtersOf(names: readonly string[]): URLSearchParams {
  const filters = new URLSearchParams();
  for (const name of names) {
    const value = query.value.get(name)?.trim();
    if (value) filters.set(name, value);
  }
  return filters;
}
