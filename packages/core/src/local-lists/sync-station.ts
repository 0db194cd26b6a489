import { type ListEntry, type ListSource, listDifference, targetList } from '@roambridge/domain';
import type { LocalListRecord } from '../model/local-list.js';
import type {
  LocalListAnswer,
  LocalListLimits,
  LocalListLink,
  LocalListUpdate,
} from '../ports/local-list-link.js';
import type { Store } from '../ports/store.js';

/** Entries of one message where the station names no limit. */
const DEFAULT_PER_MESSAGE = 100;
/** D4-042: with more than this part changed, the whole list is sent. */
const DIFFERENTIAL_SHARE = 0.3;

export type SyncResult = 'current' | 'told' | 'not-supported' | 'no-answer' | 'refused';

/** A list of a kind of station, and the hash of what it was made of. */
export interface HashedSource {
  source: ListSource;
  hash: string;
  maxEntries: number;
}

export interface SyncPorts {
  link: LocalListLink;
  store: Pick<Store, 'localLists'>;
}

/**
 * D4-042: brings the list of one station up to date. `reported` = the version that the station says it has; it is asked
 * for after a connection and when an answer is missing.
 */
export async function syncStation(
  { link, store }: SyncPorts,
  stationId: string,
  wanted: HashedSource,
  limits: LocalListLimits,
  reported: number | undefined,
): Promise<SyncResult> {
  const known = await store.localLists.get(stationId);
  const isKnown = known !== undefined && (reported === undefined || reported === known.version);
  if (isKnown && known.sourceHash === wanted.hash) return 'current';
  if (!known && wanted.source.accepted.length === 0) return 'current';
  const acknowledged = known?.entries ?? [];
  const forgotten = new Set(known?.forgotten);
  const target = targetList(wanted.source, acknowledged, wanted.maxEntries).filter(
    ({ uid }) => !forgotten.has(uid.toLowerCase()),
  );
  const difference = listDifference(acknowledged, target);
  const changes = difference.changed.length + difference.removed.length;
  const size = limits.entriesPerMessage ?? DEFAULT_PER_MESSAGE;
  const from = Math.max(known?.version ?? 0, reported ?? 0);
  const done = (version: number): Promise<void> =>
    store.localLists.put({
      stationId,
      version,
      sourceHash: wanted.hash,
      entries: target,
      ...(known?.forgotten ? { forgotten: known.forgotten } : {}),
    } satisfies LocalListRecord);

  if (isKnown && changes === 0) {
    await done(known.version);
    return 'current';
  }
  if (isKnown && changes < target.length * DIFFERENTIAL_SHARE) {
    const told = await sendAll(
      link,
      stationId,
      differentials(difference.changed, difference.removed, size),
      from,
    );
    if (told.answer === 'accepted') {
      await done(told.version);
      return 'told';
    }
    // Failed or another version: the whole list once (C-040).
    if (told.answer !== 'failed' && told.answer !== 'version-mismatch') return withoutSuccess(told.answer);
  }
  const told = await sendAll(link, stationId, fullList(target, size), from);
  if (told.answer !== 'accepted') return withoutSuccess(told.answer);
  await done(told.version);
  return 'told';
}

type Message = Omit<LocalListUpdate, 'version'>;

/** D01.FR.03: the first message replaces the list, the others add to it. */
function fullList(entries: readonly ListEntry[], size: number): Message[] {
  const [first = [], ...rest] = chunks(entries, size);
  return [
    { kind: 'full', entries: first, removed: [] },
    ...rest.map((chunk): Message => ({ kind: 'differential', entries: chunk, removed: [] })),
  ];
}

function differentials(
  changed: readonly ListEntry[],
  removed: readonly ListEntry[],
  size: number,
): Message[] {
  return [
    // What is removed makes room for what comes.
    ...chunks(removed, size).map((chunk): Message => ({ kind: 'differential', entries: [], removed: chunk })),
    ...chunks(changed, size).map((chunk): Message => ({ kind: 'differential', entries: chunk, removed: [] })),
  ];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let from = 0; from < items.length; from += size) out.push(items.slice(from, from + size));
  return out;
}

/** Each message has the next version; the first that is not accepted ends it. */
async function sendAll(
  link: LocalListLink,
  stationId: string,
  messages: readonly Message[],
  from: number,
): Promise<{ answer: LocalListAnswer; version: number }> {
  let version = from;
  for (const message of messages) {
    version += 1;
    const answer = await link.send(stationId, { ...message, version });
    if (answer !== 'accepted') return { answer, version };
  }
  return { answer: 'accepted', version };
}

function withoutSuccess(answer: Exclude<LocalListAnswer, 'accepted'>): SyncResult {
  return answer === 'not-supported' || answer === 'no-answer' ? answer : 'refused';
}

/** Cards that a station forgot, at most; the oldest may come back. */
const FORGOTTEN_MAX = 1_000;

/** N10.FR.02: a card whose holder was cleared at a station goes from its list. */
export async function forgetOnList(
  { link, store }: SyncPorts,
  stationId: string,
  uid: string,
): Promise<'not-listed' | LocalListAnswer> {
  const known = await store.localLists.get(stationId);
  const key = uid.toLowerCase();
  const removed = known?.entries.filter((entry) => entry.uid.toLowerCase() === key) ?? [];
  if (!known || removed.length === 0) return 'not-listed';
  const version = known.version + 1;
  const answer = await link.send(stationId, { kind: 'differential', version, entries: [], removed });
  if (answer === 'accepted') {
    await store.localLists.put({
      ...known,
      version,
      entries: known.entries.filter((entry) => !removed.includes(entry)),
      forgotten: [...(known.forgotten ?? []), key].slice(-FORGOTTEN_MAX),
    });
  }
  return answer;
}
