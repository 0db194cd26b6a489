import type { Background } from '../background.js';
import type { AsSeen } from '../catalog/as-seen.js';
import type { Feed } from '../feed.js';
import { stableId } from '../ids.js';
import type { DeliveryKind, DeliveryUpdate, DirtyMark } from '../model/delivery.js';
import type { AttentionRecord } from '../model/session.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import { createLane, type Lane, type LaneState } from './lane.js';
import type { RecentDocuments } from './recent-documents.js';
import type { StatusGate } from './status-gate.js';

/** Who ends a connection waits so long for the exchanges that are under way. */
const LAST_EXCHANGE_MS = 1_000;

/** One lane per partner. */
export interface Lanes {
  /** After the commit of marks. */
  wake(marks: readonly DirtyMark[]): void;
  /** Looks into the dirty set of every registered partner: at start, and when one registers or is resumed. */
  wakeAll(): void;
  wakePartner(partnerId: string): void;
  /** Nothing more is told. Resolves when what was on its way has arrived, or would have within a second (CR-23). */
  drop(partnerId: string): Promise<void>;
  stateOf(partnerId: string): LaneState;
  stop(): void;
  idle(): Promise<void>;
}

export function createLanes(options: {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  partners: PartnerDirectory;
  recent: RecentDocuments;
  asSeen: AsSeen;
  link: () => PartnerLink;
  background: Background;
  gate: StatusGate;
  settings: { partnerRetryMs: number };
  /** A partner took something after it had not answered for a while. */
  recovered: (partnerId: string) => void;
}): Lanes {
  const { store, clock, log, feed, partners, link } = options;
  const lanes = new Map<string, Lane>();
  const away = new Set<string>();

  /** A document that a partner does not take is for a person to look at. */
  async function noteParked({ partnerId, kind, key, error }: DeliveryUpdate): Promise<void> {
    const name = partners.get(partnerId)?.name ?? partnerId;
    const entry: AttentionRecord = {
      id: parkedId(partnerId, kind, key),
      kind: 'delivery-parked',
      subject: key,
      partnerId,
      message: `${name} does not take ${kind} ${key}: ${error ?? 'no reason given'}`,
      createdAt: clock.now(),
    };
    await store.commit({ stationId: '', attention: [entry] });
    feed.publish('attention', entry);
  }

  function laneOf(partnerId: string): Lane {
    const known = lanes.get(partnerId);
    if (known) return known;
    const lane = createLane({
      store,
      clock,
      log,
      recent: options.recent,
      asSeen: options.asSeen,
      gate: options.gate,
      link,
      partner: () => partners.get(partnerId),
      random: Math.random,
      settings: options.settings,
      onUpdate(update, { dueAt }) {
        if (update.outcome === 'parked')
          options.background.run(noteParked(update), 'parked delivery not noted');
        feed.publish('delivery', { waited_ms: update.at - dueAt, ...update });
      },
      onPause(until, reason) {
        away.add(partnerId);
        const partner = partners.get(partnerId);
        log.warn(
          { partner: partnerId, name: partner?.name, until: new Date(until).toISOString(), reason },
          'partner does not answer: lane paused',
        );
        feed.publish('partner', { id: partnerId, paused_until: until, reason });
      },
      onSuccess() {
        const partner = partners.get(partnerId);
        if (partner) partner.lastSuccessAt = clock.now();
        if (away.delete(partnerId)) options.recovered(partnerId);
      },
    });
    lanes.set(partnerId, lane);
    return lane;
  }

  return {
    wake(marks) {
      for (const mark of marks) laneOf(mark.partnerId).wake(mark.dueAt);
    },
    wakeAll() {
      for (const partner of partners.registered()) laneOf(partner.id).wake(clock.now());
    },
    wakePartner(partnerId) {
      // A fresh lane: a pause that was in force is over.
      lanes.get(partnerId)?.stop();
      lanes.delete(partnerId);
      laneOf(partnerId).wake(clock.now());
    },
    async drop(partnerId) {
      away.delete(partnerId);
      const lane = lanes.get(partnerId);
      if (!lane) return;
      lanes.delete(partnerId);
      let cancel = () => {};
      const waited = new Promise<void>((resolve) => {
        cancel = clock.after(LAST_EXCHANGE_MS, resolve);
      });
      await Promise.race([lane.end(), waited]);
      cancel();
    },
    stateOf: (partnerId) => lanes.get(partnerId)?.state() ?? { state: 'idle', failures: 0 },
    stop() {
      for (const lane of lanes.values()) lane.stop();
    },
    async idle() {
      await Promise.all([...lanes.values()].map((lane) => lane.idle()));
    },
  };
}

/** Id of the entry for a person about a document that a partner does not take. */
export function parkedId(partnerId: string, kind: DeliveryKind, key: string): string {
  return stableId(`parked:${partnerId}:${kind}:${key}`);
}
