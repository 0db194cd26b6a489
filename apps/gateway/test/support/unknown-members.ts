import type { Members } from './table-objects.js';

/** The same object with members that no version knows, in it and in every object of it (TY-17). */
export function withUnknownMembers(object: Members): Members {
  const members = Object.entries(object).map(([name, value]) => [name, extended(value)]);
  return { ...Object.fromEntries(members), future_text: 'x', future_object: { deep: [null, 1] } };
}

function extended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(extended);
  return typeof value === 'object' && value !== null ? withUnknownMembers(value as Members) : value;
}
