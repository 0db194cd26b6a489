import type { WhoamiView } from '../api/console-views.js';
import {
  get,
  readCdrs,
  readPartners,
  readSessions,
  readSomeStations,
  readStations,
  SignedOut,
} from '../api/read.js';
import { cdrs, feedState, partnerNames, sessions, showStations, stations, updatedAt } from './picture.js';
import { whoami } from './whoami.js';

/** One message of a charger often makes several events: they are read together. */
const COALESCE_MS = 40;
/** A busy fleet is read no more often than this. */
const READ_INTERVAL_MS = 300;
/** With more changed stations than this at a time they wait a second, so that a busy fleet is not read all the time. */
const MANY_CHANGES = 50;
const MANY_CHANGES_INTERVAL_MS = 1_000;

interface Changes {
  all: boolean;
  stations: Set<string>;
  sessions: boolean;
  cdrs: boolean;
}

const none = (): Changes => ({ all: false, stations: new Set(), sessions: false, cdrs: false });

let changes = none();
let current: Promise<boolean> | undefined;
/** When the last read began, by this browser's clock. */
let readAt = 0;
/** Stations of the last read. */
let lastRead = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Marks parts of the picture as changed; they are read soon, in one go, never two reads at a time. */
export function refresh(mark: (changes: Changes) => void): void {
  mark(changes);
  const intervalMs = lastRead > MANY_CHANGES ? MANY_CHANGES_INTERVAL_MS : READ_INTERVAL_MS;
  const waitMs = Math.max(COALESCE_MS, readAt + intervalMs - Date.now());
  timer ??= setTimeout(() => void readInTurn(), waitMs);
}

/** Reads everything now. Resolves when the picture is complete; false = it could not be read. */
export function refreshAll(): Promise<boolean> {
  changes.all = true;
  return readInTurn();
}

async function readInTurn(): Promise<boolean> {
  clearTimeout(timer);
  timer = undefined;
  while (current !== undefined) await current;
  current = readChanges();
  const done = await current;
  current = undefined;
  return done;
}

async function readChanges(): Promise<boolean> {
  const wanted = changes;
  changes = none();
  readAt = Date.now();
  lastRead = wanted.stations.size;
  try {
    await Promise.all([
      wanted.all ? readAllStations() : showSome([...wanted.stations]),
      ...(wanted.all || wanted.sessions ? [showSessions()] : []),
      ...(wanted.all || wanted.cdrs ? [showCdrs()] : []),
      ...(wanted.all ? [showPartnerNames(), showWhoami()] : []),
    ]);
    updatedAt.value = Date.now();
    return true;
  } catch (error) {
    // Nothing of what was to be read may be forgotten: the next read is a whole one.
    changes.all = true;
    if (error instanceof SignedOut) feedState.value = 'signed-out';
    else if (feedState.value === 'live') feedState.value = 'reconnecting';
    return false;
  }
}

async function showSessions(): Promise<void> {
  sessions.value = await readSessions();
}

async function showCdrs(): Promise<void> {
  cdrs.value = await readCdrs();
}

async function readAllStations(): Promise<void> {
  const items = await readStations();
  showStations(new Map(items.map((station) => [station.id, station])));
}

async function showSome(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await readSomeStations(ids);
  const next = new Map(stations.value);
  for (const station of found) next.set(station.id, station);
  if (found.length < ids.length) {
    const there = new Set(found.map(({ id }) => id));
    for (const id of ids) if (!there.has(id)) next.delete(id);
  }
  showStations(next);
}

async function showPartnerNames(): Promise<void> {
  partnerNames.value = new Map((await readPartners()).map(({ id, name }) => [id, name]));
}

async function showWhoami(): Promise<void> {
  whoami.value = await get<WhoamiView>('/whoami');
}
