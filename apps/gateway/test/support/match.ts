/** Values bound by `$name` in a vector. */
export type Bindings = Map<string, unknown>;

/**
 * Compares a value with what a vector expects: `*` is anything, `$X` is bound at its first use and the same from then
 * on, `/…/` is a regular expression. Members that are not expected must be absent, except those in `ignored`.
 * Returns the differences, one line each.
 */
export function differences(
  actual: unknown,
  expected: unknown,
  bindings: Bindings,
  ignored: ReadonlySet<string> = new Set(),
  path = '',
): string[] {
  if (typeof expected === 'string') {
    if (expected === '*') return actual === undefined ? [`${path}: is missing`] : [];
    const pattern = /^\/(.*)\/$/.exec(expected)?.[1];
    if (pattern !== undefined) {
      return new RegExp(pattern).test(String(actual))
        ? []
        : [`${path}: ${show(actual)} does not match ${expected}`];
    }
    if (/^\$\w+$/.test(expected)) {
      if (actual === undefined) return [`${path}: is missing`];
      if (!bindings.has(expected)) bindings.set(expected, actual);
      const bound = bindings.get(expected);
      return bound === actual ? [] : [`${path}: ${show(actual)} is not ${expected} = ${show(bound)}`];
    }
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path}: ${show(actual)} is no list`];
    const found =
      actual.length === expected.length ? [] : [`${path}: ${actual.length} items, not ${expected.length}`];
    return found.concat(
      expected.flatMap((item, i) => differences(actual[i], item, bindings, ignored, `${path}/${i}`)),
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path}: ${show(actual)} is no object`];
    const members = actual as Record<string, unknown>;
    const wanted = expected as Record<string, unknown>;
    const extra = Object.keys(members).filter((name) => !(name in wanted) && !ignored.has(name));
    return extra
      .map((name) => `${path}/${name}: not expected, is ${show(members[name])}`)
      .concat(
        Object.entries(wanted).flatMap(([name, value]) =>
          differences(members[name], value, bindings, ignored, `${path}/${name}`),
        ),
      );
  }
  return Object.is(actual, expected) ? [] : [`${path}: ${show(actual)}, not ${show(expected)}`];
}

/** `$X` replaced by what it is bound to, all through a value. */
export function fill(value: unknown, bindings: Bindings): unknown {
  if (typeof value === 'string' && bindings.has(value)) return bindings.get(value);
  if (Array.isArray(value)) return value.map((item) => fill(item, bindings));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, bindings)]));
  }
  return value;
}

/** The same within a text. */
export function fillText(text: string, bindings: Bindings): string {
  return text.replace(/\$\w+/g, (name) => (bindings.has(name) ? String(bindings.get(name)) : name));
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
