import fc from 'fast-check';

type Holder = Record<string | number, unknown>;

/** Values that break readers: wrong types, edges of numbers and times, what databases and templates stumble over. */
const POISON: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '0',
  0,
  -1,
  0.5,
  1e21,
  2 ** 53,
  Number.MAX_VALUE,
  -(2 ** 63),
  '9223372036854775807',
  '1e400',
  '12,5',
  'NaN',
  [],
  {},
  [[]],
  [null],
  { a: { b: { c: [] } } },
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '💥'.repeat(40),
  'x'.repeat(300),
  "'; drop table transactions; --",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would fill in
  '${jndi:ldap://x}',
  '%s%n%00',
  '__proto__',
  'constructor',
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2026-02-30T25:61:61Z',
  '2026-03-01 10:00:00',
  '2026-03-01T10:00:00+02',
  1_772_359_200_000,
];

const KINDS = ['replace', 'remove', 'wrap', 'add', 'repeat', 'rename'] as const;

/** One change to a payload; `place` is taken modulo the places that there are. */
export interface Mutation {
  kind: (typeof KINDS)[number];
  place: number;
  value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  // Most readers fail over a value that is there and wrong.
  kind: fc.oneof({ weight: 3, arbitrary: fc.constant('replace' as const) }, fc.constantFrom(...KINDS)),
  place: fc.nat({ max: 10_000 }),
  value: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...POISON) },
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.integer({ min: -10, max: 300 }),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});

/** A copy of the payload with the mutations made to it one after another. */
export function mutated(payload: unknown, mutations: readonly Mutation[]): unknown {
  const root: Holder = { payload: structuredClone(payload) };
  for (const change of mutations) apply(root, change);
  return root.payload;
}

function apply(root: Holder, { kind, place, value }: Mutation): void {
  const places = placesIn(root);
  const { holder, key } = places[place % places.length] ?? { holder: root, key: 'payload' };
  const current = holder[key];
  switch (kind) {
    case 'replace':
      holder[key] = structuredClone(value);
      return;
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return;
    case 'wrap':
      holder[key] = place % 2 === 0 ? [current] : { value: current };
      return;
    case 'add':
      if (isHolder(current)) define(current, typeof value === 'string' ? value : 'extra', value);
      return;
    case 'repeat':
      holder[key] = Array.from({ length: 2 + (place % 4) }, () => structuredClone(current));
      return;
    case 'rename':
      delete holder[key];
      define(holder, `${key}`.toUpperCase(), current);
  }
}

/** Also names that a plain assignment would take for something else (`__proto__`). */
function define(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function placesIn(holder: Holder, found: { holder: Holder; key: string }[] = []) {
  for (const [key, value] of Object.entries(holder)) {
    found.push({ holder, key });
    if (isHolder(value) && found.length < 200) placesIn(value, found);
  }
  return found;
}
