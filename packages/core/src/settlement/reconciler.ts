import { auditSession, type EpochMs, isOver, type LedgerFinding } from '@roambridge/domain';
import type { Background } from '../background.js';
import { stableId } from '../ids.js';
import type { AttentionRecord } from '../model/session.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { LedgerPage, Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { StationDirectory } from '../stations/directory.js';
import type { StationRegistry } from '../stations/registry.js';

/** Sessions and transactions read at a time. */
const PAGE = 200;
/** Name under which the position is kept up to which the books are closed. */
const POSITION = 'reconciliation';

export interface ReconcilerPorts {
  store: Store;
  clock: Clock;
  log: Log;
  settings: CoreSettings;
  background: Background;
  directory: StationDirectory;
  registry: () => StationRegistry;
}

/** Compares what chargers recorded with what was billed, day by day (D3-050). */
export interface Reconciler {
  /** Sets the timer of the next round. */
  start(): Promise<void>;
  /** One round; resolves to the findings, which are on the attention list by then. */
  run(): Promise<AttentionRecord[]>;
}

/** Up to which session everything was looked at and over, and when. */
interface Position {
  seq: number;
  at: EpochMs;
}

export function createReconciler(ports: ReconcilerPorts): Reconciler {
  const { store, clock, log, settings, background } = ports;

  async function position(): Promise<Position | undefined> {
    const kept = await store.settings.get(POSITION);
    return kept === undefined ? undefined : (JSON.parse(kept) as Position);
  }

  async function run(): Promise<AttentionRecord[]> {
    const now = clock.now();
    const from = (await position())?.seq ?? 0;
    const findings: AttentionRecord[] = [];
    let after = from;
    // The books are closed up to the first session that is still running.
    let closed: number | undefined;
    for (;;) {
      const page = await store.ledger.page({ after, limit: PAGE });
      for (const entry of page) {
        const finding = await confirmed(entry, now);
        if (finding) findings.push(attentionFor(entry, finding, now));
        else if (!isOver(entry.session)) closed ??= entry.seq - 1;
        after = entry.seq;
      }
      if (page.length < PAGE) break;
    }
    findings.push(...(await forgotten(now)));
    if (findings.length > 0) {
      log.warn({ findings: findings.length }, 'the ledger and the CDRs disagree');
      await store.commit({ stationId: '', attention: findings });
    }
    await store.settings.put(POSITION, JSON.stringify({ seq: closed ?? after, at: now } satisfies Position));
    return findings;
  }

  /** A session that ended while the page was read is no finding. */
  async function confirmed(entry: LedgerPage[number], now: EpochMs): Promise<LedgerFinding | undefined> {
    const { zeroEnergyCdrAfterMs } = settings;
    const finding = auditSession(entryOf(entry), { now, zeroEnergyCdrAfterMs });
    if (finding?.kind !== 'session-never-over') return finding;
    const [again] = await store.ledger.page({ after: entry.seq - 1, limit: 1 });
    return again && auditSession(entryOf(again), { now, zeroEnergyCdrAfterMs });
  }

  /** Every transaction has an end, or somebody waits for it. */
  async function forgotten(now: EpochMs): Promise<AttentionRecord[]> {
    const found: AttentionRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.transactions.list({
        limit: PAGE,
        open: true,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, stationId, ocppTransactionId } of page.items) {
        if (ports.directory.find(stationId)) {
          // Loaded, it is in memory and watched.
          await ports.registry().run(stationId, async () => undefined);
          continue;
        }
        found.push({
          id: stableId(`${id}:ledger`),
          kind: 'ledger:transaction-without-station',
          subject: id,
          stationId,
          message: `transaction ${ocppTransactionId} of ${stationId} is open, and there is no such station`,
          createdAt: now,
        });
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return found;
  }

  function schedule(inMs: number): void {
    clock.after(Math.max(0, inMs), () => {
      const round = run().finally(() => schedule(settings.reconcileIntervalMs));
      background.run(round, 'the ledger could not be compared with the CDRs');
    });
  }

  return {
    async start() {
      if (settings.reconcileIntervalMs === 0) return;
      const last = (await position())?.at ?? clock.now();
      schedule(last + settings.reconcileIntervalMs - clock.now());
    },
    run,
  };
}

function entryOf({ session, transaction, cdrs }: LedgerPage[number]): Parameters<typeof auditSession>[0] {
  return {
    session,
    cdrs: cdrs.map(({ cdr, correction }) => ({ cdr, corrected: correction !== undefined })),
    ...(transaction
      ? {
          transaction: {
            open: transaction.open,
            energyWh: transaction.energyWh,
            ...(transaction.stopReason === undefined ? {} : { stoppedReason: transaction.stopReason }),
          },
        }
      : {}),
  };
}

function attentionFor(
  { session, partnerId, stationId }: LedgerPage[number],
  { kind, detail }: LedgerFinding,
  createdAt: EpochMs,
): AttentionRecord {
  return {
    id: stableId(`${session.id}:ledger`),
    kind: `ledger:${kind}`,
    subject: session.id,
    stationId,
    partnerId,
    message: `session ${session.id} of ${stationId}: ${detail}`,
    createdAt,
  };
}
