import { announce, TOPICS, type Topic } from './changes.js';
import { feedState, stations, tick, updatedAt } from './picture.js';
import { refresh, refreshAll } from './refresh.js';

const RECONNECT_DELAY_MS = 3_000;
/** A whole read now and then also notices a connection that died without a word. */
const RECONCILE_INTERVAL_MS = 30_000;
/** A large fleet is read as a whole less often: the feed tells every change, and reading it all takes a while. */
const LARGE_FLEET = 1_000;
const LARGE_RECONCILE_INTERVAL_MS = 300_000;

/** Follows the gateway: a whole read at the start, then the live feed, which resumes by itself. */
export function followGateway(): void {
  setInterval(() => {
    tick.value += 1;
  }, 1_000);
  setInterval(() => {
    if (feedState.value !== 'signed-out' && document.visibilityState === 'visible' && isReconcileDue())
      void reconcile();
  }, RECONCILE_INTERVAL_MS);
  document.addEventListener('visibilitychange', () => {
    // The sign-in link may have been opened in another tab.
    if (feedState.value === 'signed-out' && document.visibilityState === 'visible') location.reload();
  });
  connect();
}

function connect(): void {
  const source = new EventSource(`/api/v1/events?topics=${TOPICS.join(',')}`);
  let resumable = false;
  source.onopen = async () => {
    // The feed is open before the state is read, so that no change falls between.
    if (resumable) {
      feedState.value = 'live';
      refresh(() => {});
      announce({ topic: 'all' });
    } else if (await refreshAll()) {
      feedState.value = 'live';
      announce({ topic: 'all' });
    } else if (feedState.value !== 'signed-out') source.onerror?.(new Event('error'));
  };
  source.onerror = async () => {
    if (feedState.value === 'live') feedState.value = 'reconnecting';
    if (source.readyState === EventSource.CONNECTING) return;
    // The browser gave up: the gateway refused, or the first read failed.
    source.close();
    if (feedState.value === 'connecting') feedState.value = 'reconnecting';
    await refreshAll();
    if (feedState.value !== 'signed-out') setTimeout(connect, RECONNECT_DELAY_MS);
  };
  source.addEventListener('reset', () => {
    announce({ topic: 'all' });
    void refreshAll();
  });
  for (const topic of TOPICS) {
    source.addEventListener(topic, ({ data }: MessageEvent<string>) => {
      resumable = true;
      updatedAt.value = Date.now();
      const stationId = stationOf(data);
      noteChange(topic, stationId);
      announce({ topic, ...(stationId === undefined ? {} : { stationId }) });
    });
  }
}

function isReconcileDue(): boolean {
  if (stations.value.size < LARGE_FLEET) return true;
  return Date.now() - reconciledAt >= LARGE_RECONCILE_INTERVAL_MS;
}

let reconciledAt = Date.now();

async function reconcile(): Promise<void> {
  reconciledAt = Date.now();
  const done = await refreshAll();
  if (done && feedState.value === 'reconnecting') feedState.value = 'live';
}

function noteChange(topic: Topic, stationId: string | undefined): void {
  refresh((changes) => {
    if (stationId !== undefined && STATION_TOPICS.has(topic)) changes.stations.add(stationId);
    if (topic === 'session') changes.sessions = true;
    if (topic === 'cdr' || topic === 'delivery') changes.cdrs = true;
    if (topic === 'partner' || topic === 'location') changes.all = true;
  });
}

const STATION_TOPICS = new Set<Topic>(['station', 'transaction', 'session']);

function stationOf(data: string): string | undefined {
  const event: unknown = JSON.parse(data);
  if (typeof event !== 'object' || event === null || !('station_id' in event)) return undefined;
  return typeof event.station_id === 'string' ? event.station_id : undefined;
}
