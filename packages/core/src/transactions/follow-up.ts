import { type Transaction, withFlag } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import type { Feed } from '../feed.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import { judgedAgain } from '../settlement/judge-again.js';
import type { LateFactPorts } from '../settlement/late-facts.js';
import { askForMeterKeys, type KeyPorts } from '../signed-data/ask-for-keys.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { publishStatus, type StatusPorts } from '../stations/publish-status.js';
import type { StationRegistry } from '../stations/registry.js';
import { inStationQueue } from './open-task.js';
import { factsWithout } from './orphan-watch.js';
import { type PlannedEvent, planTransaction } from './plan-event.js';
import type { SessionPorts } from './plan-session.js';
import { tellFeed } from './tell-feed.js';
import { planUnplugged } from './unplug.js';

/** What happens to a transaction without the charger saying anything: late progress, and waiting for gaps. */
export interface TransactionFollowUp {
  /** After the commit of an event, inside the station's queue. */
  after(station: StationAggregate, open: OpenTransaction, planned: PlannedEvent): void;
  /** After a restart: takes up what was waiting. */
  resume(station: StationAggregate): void;
}

export interface FollowUpPorts
  extends Omit<KeyPorts, 'keyLearned'>,
    SessionPorts,
    LateFactPorts,
    Omit<StatusPorts, 'settings'> {
  clock: Clock;
  log: Log;
  feed: Feed;
  partners: PartnerDirectory;
  committer: Committer;
  background: Background;
  registry: () => StationRegistry;
  link: () => StationLink;
}

export function createFollowUp(ports: FollowUpPorts): TransactionFollowUp {
  const { clock, feed, settings, log } = ports;
  const askedForKeys = new WeakSet<object>();

  const keyPorts: KeyPorts = { ...ports, keyLearned };

  /** D3-023: its bill is made anew where it ended before the answer came. */
  function keyLearned(stationId: string, { id, ocppTransactionId }: Transaction): Promise<void> {
    return ports.registry().run(stationId, async (station) => {
      const record = station.settled.get(ocppTransactionId);
      const plan = record?.id === id ? await judgedAgain(ports, station, record) : undefined;
      if (!plan) return;
      await ports.committer.commit(plan);
      for (const cdr of plan.cdrs) feed.publish('cdr', cdr, stationId);
    });
  }

  function scheduleProgress(station: StationAggregate, open: OpenTransaction): void {
    if (open.cancelProgress || !open.session) return;
    const dueIn = Math.max(0, open.projectedAt + settings.sessionPushMinIntervalMs - clock.now());
    open.cancelProgress = clock.after(dueIn, () => {
      open.cancelProgress = undefined;
      inStationQueue(ports, station.station.id, open.transaction.id, (current, still) =>
        progress(current, still),
      );
    });
  }

  async function progress(station: StationAggregate, open: OpenTransaction): Promise<void> {
    const plan = newPlan(station.station.id);
    const planned = await planTransaction(plan, station, open, open.transaction, ports, false);
    if (plan.sessions.length === 0) return;
    await ports.committer.commit(plan);
    tellFeed(feed, station, open, planned);
  }

  /** D2-005: a vehicle that stays for ever does not keep its session open. */
  function waitForUnplug(stationId: string, open: OpenTransaction): void {
    const { id, endedAt } = open.transaction;
    open.cancelProgress?.();
    open.cancelGapWait?.();
    const until = (endedAt ?? clock.now()) + settings.unplugWaitMs;
    open.cancelGapWait = clock.after(Math.max(0, until - clock.now()), () => {
      open.cancelGapWait = undefined;
      inStationQueue(ports, stationId, id, async (station, still) => {
        if (!still.transaction.awaitsUnplug) return;
        const plan = newPlan(stationId);
        const planned = await planUnplugged(plan, station, still, until, ports);
        await ports.committer.commit(plan);
        tellFeed(feed, station, still, planned);
      });
    });
  }

  /** D2-072: events are missing. Ask whether the charger still has them, and give up at some time. */
  function waitForGap(station: StationAggregate, open: OpenTransaction): void {
    if (open.gapWaitSince !== undefined) return;
    open.gapWaitSince = clock.now();
    if (open.transaction.offline) askForQueue(station.station.id, open);
    else again(station.station.id, open, settings.gapWaitMs);
  }

  function again(stationId: string, open: OpenTransaction, delayMs: number): void {
    open.cancelGapWait = clock.after(delayMs, () => {
      open.cancelGapWait = undefined;
      askForQueue(stationId, open);
    });
  }

  function askForQueue(stationId: string, open: OpenTransaction): void {
    const { id, ocppTransactionId } = open.transaction;
    ports
      .link()
      .call(stationId, { kind: 'get-transaction-status', ocppTransactionId }, { correlationId: id })
      .then((outcome) => {
        const queued = outcome.kind === 'result' ? outcome.payload.messagesInQueue : undefined;
        const over = clock.now() - (open.gapWaitSince ?? 0) >= settings.gapGiveUpMs;
        if (over || queued === false || outcome.kind === 'not-supported' || outcome.kind === 'error') {
          inStationQueue(ports, stationId, id, (station, still) => acceptGaps(station, still));
        } else {
          again(stationId, open, settings.gapPollMs);
        }
      })
      .catch((error: unknown) =>
        log.error({ err: error, station: stationId }, 'asking for queued events failed'),
      );
  }

  async function acceptGaps(station: StationAggregate, open: OpenTransaction): Promise<void> {
    const transaction: Transaction = { ...open.transaction, flags: withFlag(open.transaction.flags, 'GAPS') };
    const plan = newPlan(station.station.id);
    const planned = await planTransaction(plan, station, open, transaction, ports, true);
    if (transaction.evseId !== undefined) {
      publishStatus(plan, station, [transaction.evseId], factsWithout(station, open), ports);
    }
    await ports.committer.commit(plan);
    tellFeed(feed, station, open, planned);
  }

  return {
    after(station, open, planned) {
      askForMeterKeys(keyPorts, station, planned.transaction, askedForKeys);
      if (planned.settled) {
        open.cancelProgress?.();
        open.cancelGapWait?.();
        open.cancelOrphan?.();
        open.cancelProfileWatch?.();
      } else if (planned.transaction.awaitsUnplug) {
        waitForUnplug(station.station.id, open);
      } else if (planned.waitsForGap) {
        waitForGap(station, open);
      } else if (!planned.session) {
        scheduleProgress(station, open);
      }
      tellFeed(feed, station, open, planned);
    },
    resume(station) {
      for (const open of station.open.values()) {
        if (open.transaction.awaitsUnplug) waitForUnplug(station.station.id, open);
        else if (open.transaction.endedAt !== undefined) waitForGap(station, open);
        else scheduleProgress(station, open);
      }
    },
  };
}
