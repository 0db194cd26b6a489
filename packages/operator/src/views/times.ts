import type { EpochMs } from '@roambridge/domain';

/** `2026-01-31T12:00:00.000Z`. */
export function isoTime(at: EpochMs): string {
  return new Date(at).toISOString();
}

/** `{ [name]: value }`, or nothing when the value is absent. */
export function given<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  const member: { [key in K]?: V } = {};
  if (value !== undefined) member[name] = value;
  return member;
}
