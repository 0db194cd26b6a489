/**
 * A new object with the members of `base` and those of `change`, which win. The same as a spread of both; but where
 * `change` brings new members, V8 of Node 20 makes a hidden class per object of such a spread, and all that reads the
 * objects slows down.
 */
export function merged<Base extends object, Change extends object>(
  base: Base,
  change: Change,
): Omit<Base, keyof Change> & Change {
  return Object.assign({}, base, change);
}
