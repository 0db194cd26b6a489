import { problemText } from './problem-text.js';
import type { CdrView, Page, PartnerView, SessionView, StationView } from './views.js';

const TIMEOUT_MS = 10_000;
const PAGE_LIMIT = 500;
const MAX_STATIONS = 20_000;
/** What the gateway takes in one request. */
const IDS_MAX = 200;
const LISTED = 50;
/** Pages of one list that are read; what is beyond is not shown. */
const PAGES_MAX = 20;

/** The cookie is missing or has expired. */
export class SignedOut extends Error {}

/** Milliseconds that the gateway's clock is ahead of this browser's. */
let clockAheadMs = 0;

/** The gateway's time. */
export function gatewayNow(): number {
  return Date.now() + clockAheadMs;
}

/** @throws {SignedOut} or an Error when the gateway cannot be reached. `undefined` = not found. */
export async function get<T>(path: string): Promise<T | undefined> {
  const response = await fetch(`/api/v1${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (response.status === 401) throw new SignedOut();
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(problemText(await response.text(), response.status));
  const sentAt = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(sentAt)) clockAheadMs = sentAt - Date.now();
  return response.json();
}

async function page<T>(path: string): Promise<Page<T>> {
  return (await get<Page<T>>(path)) ?? { items: [], next_cursor: null };
}

/** All pages of a list; undefined = there is no such thing. `path` has a query. */
export async function readAll<T>(path: string): Promise<T[] | undefined> {
  const items: T[] = [];
  for (let pages = 0, cursor = ''; pages < PAGES_MAX; pages += 1) {
    const next = await get<Page<T>>(cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    if (next === undefined) return undefined;
    items.push(...next.items);
    if (next.next_cursor === null) break;
    cursor = next.next_cursor;
  }
  return items;
}

export async function readStations(): Promise<StationView[]> {
  const stations: StationView[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const next: Page<StationView> = await page(`/stations?limit=${PAGE_LIMIT}${query}`);
    stations.push(...next.items);
    cursor = next.next_cursor;
  } while (cursor !== null && stations.length < MAX_STATIONS);
  return stations;
}

/** The stations of these ids; those that are gone are left out. */
export async function readSomeStations(ids: readonly string[]): Promise<StationView[]> {
  const found: StationView[] = [];
  for (let from = 0; from < ids.length; from += IDS_MAX) {
    const some = ids
      .slice(from, from + IDS_MAX)
      .map(encodeURIComponent)
      .join(',');
    found.push(...(await page<StationView>(`/stations?ids=${encodeURIComponent(some)}`)).items);
  }
  return found;
}
export const readSessions = async () => (await page<SessionView>(`/sessions?limit=${LISTED}`)).items;
export const readCdrs = async () => (await page<CdrView>(`/cdrs?limit=${LISTED}`)).items;
export const readPartners = async () => (await page<PartnerView>('/partners')).items;
