import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import type { Feed } from '../feed.js';
import { stableId } from '../ids.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Log } from '../ports/log.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { publishStatus, type StatusPorts, statusFacts } from '../stations/publish-status.js';
import type { StationRegistry } from '../stations/registry.js';
import { expectedLoss, type LossReason } from './lost-transaction.js';
import { inStationQueue } from './open-task.js';
import { planEvent } from './plan-event.js';
import type { SessionPorts } from './plan-session.js';
import { syntheticEnd } from './synthetic-end.js';
import { tellFeed } from './tell-feed.js';

export interface OrphanPorts extends SessionPorts, Omit<StatusPorts, 'settings'> {
  log: Log;
  feed: Feed;
  partners: PartnerDirectory;
  committer: Committer;
  background: Background;
  registry: () => StationRegistry;
}

/** Ends the transactions that their charger has lost (D3-040). */
export interface OrphanWatch {
  /** Something was learned that may point to a loss: a boot, a free connector, a connection, a start of the process. */
  look(station: StationAggregate): void;
  /** Ends all that is open: the station is gone for good (D3-040 e). Runs inside its queue. */
  endAll(station: StationAggregate): Promise<void>;
}

const WHY = {
  boot: 'the charger started anew and did not go on with it',
  available: 'its connector is free',
  silence: 'nothing was heard of it for a week',
  removed: 'its station was removed',
} as const satisfies Record<LossReason | 'removed', string>;

export function createOrphanWatch(ports: OrphanPorts): OrphanWatch {
  const { clock, settings } = ports;

  // One timer a transaction, which looks anew when it is due: messages need not touch it.
  function watch(station: StationAggregate, open: OpenTransaction): void {
    if (open.transaction.endedAt !== undefined) return;
    const { at, reason } = expectedLoss(station, open, settings.orphanWaitMs);
    if (reason !== 'silence' && (open.suspectedAt ?? 0) <= open.transaction.heardAt) {
      open.suspectedAt = clock.now();
    }
    if (open.orphanDueAt !== undefined && open.orphanDueAt <= at) return;
    open.cancelOrphan?.();
    open.orphanDueAt = at;
    open.cancelOrphan = clock.after(at - clock.now(), () => {
      open.cancelOrphan = undefined;
      open.orphanDueAt = undefined;
      inStationQueue(ports, station.station.id, open.transaction.id, judge);
    });
  }

  async function judge(station: StationAggregate, open: OpenTransaction): Promise<void> {
    if (open.transaction.endedAt !== undefined) return;
    const loss = expectedLoss(station, open, settings.orphanWaitMs);
    if (loss.at > clock.now()) watch(station, open);
    else await end(station, open, loss.reason);
  }

  async function end(
    station: StationAggregate,
    open: OpenTransaction,
    reason: LossReason | 'removed',
  ): Promise<void> {
    const { transaction } = open;
    const stationId = station.station.id;
    const plan = newPlan(stationId);
    const planned = await planEvent(plan, station, open, syntheticEnd(transaction, clock.now()), ports, {
      context: { flags: ['SYNTHETIC_END'] },
      acceptGaps: true,
    });
    plan.attention.push({
      id: stableId(`${transaction.id}:orphan`),
      kind: 'transaction-orphaned',
      subject: transaction.id,
      stationId,
      message: `transaction ${transaction.ocppTransactionId} of ${stationId} was ended at its last evidence: ${WHY[reason]}`,
      createdAt: clock.now(),
    });
    if (transaction.evseId !== undefined) {
      publishStatus(plan, station, [transaction.evseId], factsWithout(station, open), ports);
    }
    await ports.committer.commit(plan);
    open.cancelProgress?.();
    open.cancelOrphan?.();
    ports.log.warn(
      { station: stationId, transaction: transaction.id, reason },
      'transaction ended for its charger',
    );
    tellFeed(ports.feed, station, open, planned);
  }

  return {
    look(station) {
      for (const open of station.open.values()) watch(station, open);
    },
    async endAll(station) {
      for (const open of [...station.open.values()]) await end(station, open, 'removed');
    },
  };
}

/** The facts of the station's EVSEs when a transaction is over. */
export function factsWithout(station: StationAggregate, gone: OpenTransaction) {
  return statusFacts(station, {
    transactionOn(evseId) {
      for (const open of station.open.values()) {
        const { transaction } = open;
        if (open !== gone && transaction.endedAt === undefined && transaction.evseId === evseId) {
          return transaction;
        }
      }
      return undefined;
    },
  });
}
