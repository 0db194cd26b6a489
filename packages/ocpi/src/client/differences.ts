import { parseDateTime } from '../wire/time.js';

/** Members that identify an item of a list, whatever its place. */
const KEYS = ['uid', 'id'] as const;
/** Compared ignoring case. // OCPI TY-01 */
const CASELESS = new Set([
  'id',
  'uid',
  'country_code',
  'party_id',
  'evse_id',
  'location_id',
  'evse_uid',
  'connector_id',
]);
/** Who receives a part raises the times of what it is in. // OCPI LO-04 */
const IGNORED = new Set(['last_updated']);
const MAX_NAMED = 20;

/**
 * Members of our object that theirs says otherwise, e.g. `evses.E1.status`. What they have beside ours is theirs;
 * null, absent and empty are the same (OCPI TY-09).
 */
export function differences(ours: unknown, theirs: unknown): string[] {
  const found: string[] = [];
  compare(ours, theirs, '', found);
  return found.slice(0, MAX_NAMED);
}

function compare(ours: unknown, theirs: unknown, path: string, found: string[]): void {
  if (isNothing(ours) && isNothing(theirs)) return;
  if (Array.isArray(ours)) {
    if (Array.isArray(theirs)) compareLists(ours, theirs, path, found);
    else found.push(path);
    return;
  }
  if (isObject(ours)) {
    if (!isObject(theirs)) {
      found.push(path);
      return;
    }
    for (const [name, value] of Object.entries(ours)) {
      if (!IGNORED.has(name)) compare(value, theirs[name], path === '' ? name : `${path}.${name}`, found);
    }
    return;
  }
  if (!isSame(ours, theirs, path.split('.').at(-1) ?? '')) found.push(path);
}

function compareLists(ours: unknown[], theirs: unknown[], path: string, found: string[]): void {
  const key = KEYS.find((name) =>
    ours.concat(theirs).every((item) => isObject(item) && typeof item[name] === 'string'),
  );
  if (key === undefined) {
    if (ours.length !== theirs.length) found.push(path);
    else for (const [index, item] of ours.entries()) compare(item, theirs[index], `${path}.${index}`, found);
    return;
  }
  const byKey = new Map(theirs.map((item) => [keyOf(item, key), item]));
  for (const item of ours) {
    const name = keyOf(item, key);
    const place = `${path}.${isObject(item) ? String(item[key]) : ''}`;
    if (byKey.has(name)) compare(item, byKey.get(name), place, found);
    else found.push(place);
    byKey.delete(name);
  }
  // They still have what we do not have any more.
  for (const item of byKey.values()) found.push(`${path}.${isObject(item) ? String(item[key]) : ''}`);
}

function keyOf(item: unknown, key: string): string {
  return isObject(item) ? String(item[key]).toUpperCase() : '';
}

function isSame(ours: unknown, theirs: unknown, name: string): boolean {
  if (ours === theirs) return true;
  if (typeof ours === 'number') return typeof theirs === 'number' && Math.abs(ours - theirs) < 1e-9;
  if (typeof ours !== 'string' || typeof theirs !== 'string') return false;
  if (CASELESS.has(name) && ours.toUpperCase() === theirs.toUpperCase()) return true;
  const at = parseDateTime(ours);
  return at !== undefined && at === parseDateTime(theirs);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
