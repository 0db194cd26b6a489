import type { EpochMs } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { AsSeen } from '../catalog/as-seen.js';
import { type Lanes, parkedId } from '../delivery/lanes.js';
import { RequestRefused } from '../edges/operator-edge.js';
import type { Feed } from '../feed.js';
import type { Partner } from '../model/partner.js';
import { RESYNC_MODULES, type ResyncFinding, type ResyncModule, type ResyncReport } from '../model/resync.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import type { PartnerDirectory } from './directory.js';
import type { TokenPull } from './pull-tokens.js';
import { type OwnObject, objectsOf } from './resync-objects.js';

/** Objects that are asked for at the partner at a time. */
const CONCURRENCY = 4;
/** Findings that a report names; all are repaired. */
const MAX_FINDINGS = 500;
/** Questions without an answer in a row after which the partner counts as away. */
const MAX_FAILURES = 3;
/** Age of the oldest sessions and CDRs that are compared, unless the operator says otherwise. */
const WINDOW_MS = 30 * 24 * 3_600_000;
/** How long a call of the operator waits for the end. */
const WAIT_MS = 30_000;

export interface ResyncPorts {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  background: Background;
  partners: PartnerDirectory;
  asSeen: AsSeen;
  lanes: Lanes;
  tokenPull: TokenPull;
  partnerLink: () => PartnerLink;
  settings: { resyncIntervalMs: number };
}

/** Compares what partners have with what they should have, and tells again only what differs. */
export interface Resync {
  /** Begins to compare everything every RESYNC_INTERVAL. */
  start(): void;
  /** The report at its end, or after 30 s as it is then; undefined = no such partner. */
  run(partnerId: string, module: ResyncModule, dateFrom?: EpochMs): Promise<ResyncReport | undefined>;
  /** The last report of each module, also of a process that is gone. */
  reports(partnerId: string): Promise<ResyncReport[]>;
}

export function createResync(ports: ResyncPorts): Resync {
  const { store, clock, log, feed, partners, lanes } = ports;
  const underWay = new Map<string, ResyncReport>();

  function begin(
    partner: Partner,
    module: ResyncModule,
    dateFrom: EpochMs,
  ): { report: ResyncReport; end: Promise<void> } {
    if (underWay.has(partner.id)) throw new RequestRefused(409, 'a resync with this partner is under way');
    const report: ResyncReport = {
      partnerId: partner.id,
      module,
      state: 'running',
      startedAt: clock.now(),
      compared: 0,
      same: 0,
      repaired: 0,
      owed: 0,
      unverifiable: 0,
      findings: [],
    };
    underWay.set(partner.id, report);
    const end = store.resyncs
      .put(report)
      .then(() =>
        module === 'tokens' ? pullTokens(partner, report) : compareAll(partner, module, report, dateFrom),
      )
      .catch((error: unknown) => {
        log.error({ err: error, partner: partner.id, module }, 'resync failed');
        stop(report, 'internal error');
      })
      .then(async () => {
        if (report.state === 'running') report.state = 'done';
        report.endedAt = clock.now();
        underWay.delete(partner.id);
        if (partners.get(partner.id)) await store.resyncs.put(report);
        const { state, compared, repaired, missedSince, detail } = report;
        const result = { module, state, compared, repaired, missed_since: missedSince ?? null };
        feed.publish('partner', { id: partner.id, resync: result });
        log.info({ partner: partner.id, ...result, detail }, 'compared with a partner');
      });
    ports.background.run(end, 'resync failed', { partner: partner.id });
    return { report, end };
  }

  async function pullTokens(partner: Partner, report: ResyncReport): Promise<void> {
    const pulled = await ports.tokenPull.pull(partner, 'compare');
    if (pulled.kind === 'failed') {
      stop(report, pulled.detail);
      return;
    }
    report.compared = pulled.tokens;
    report.repaired = pulled.changed;
    report.same = Math.max(0, pulled.tokens - pulled.changed);
    report.unverifiable = pulled.unreadable;
  }

  async function compareAll(
    partner: Partner,
    module: Exclude<ResyncModule, 'tokens'>,
    report: ResyncReport,
    dateFrom: EpochMs,
  ): Promise<void> {
    const objects = objectsOf(ports, partner, module, { now: clock.now(), dateFrom });
    let failures = 0;
    const worker = async () => {
      for (let next = await objects.next(); !next.done; next = await objects.next()) {
        if (report.state !== 'running') return;
        const answered = await compareOne(partner, next.value, report);
        failures = answered ? 0 : failures + 1;
        if (failures >= MAX_FAILURES) stop(report, report.detail ?? 'the partner does not answer');
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  /** False = the partner did not answer. */
  async function compareOne(partner: Partner, own: OwnObject, report: ResyncReport): Promise<boolean> {
    const delivery = await store.deliveries.get(partner.id, own.kind, own.key);
    // What was parked is told again, for the partner may take it by now; what a person discarded is not.
    const isParked = delivery?.state === 'parked';
    if (delivery && delivery.state !== 'acknowledged' && !isParked) {
      report.owed += 1;
      return true;
    }
    const outcome = await ports.partnerLink().compare(partner, own.notice, delivery?.remoteUrl);
    switch (outcome.kind) {
      case 'unreachable':
        report.detail = outcome.detail;
        return false;
      case 'not-offered':
        stop(report, outcome.detail);
        return true;
      case 'unverifiable':
        if (isParked) await repair(partner, own, report, { problem: 'missing' });
        else report.unverifiable += 1;
        return true;
      case 'same':
        report.compared += 1;
        report.same += 1;
        return true;
      case 'missing':
      case 'different': {
        if (outcome.kind === 'different' && (await owesStatus(partner, own))) {
          report.owed += 1;
          return true;
        }
        report.compared += 1;
        await repair(
          partner,
          own,
          report,
          outcome.kind === 'different'
            ? {
                problem: 'different',
                members: outcome.members,
                ...(outcome.theirs === undefined ? {} : { theirs: outcome.theirs }),
              }
            : { problem: 'missing' },
        );
        return true;
      }
    }
  }

  async function repair(
    partner: Partner,
    { kind, key, lastUpdated }: OwnObject,
    report: ResyncReport,
    found: Pick<ResyncFinding, 'problem' | 'members' | 'theirs'>,
  ): Promise<void> {
    // CD-04: a CDR never changes.
    const repaired = found.problem === 'missing' || kind !== 'cdr';
    if (repaired) {
      const at = clock.now();
      await store.deliveries.resend(partner.id, kind, key, at);
      const parked = parkedId(partner.id, kind, key);
      if (await store.attention.resolve(parked, at)) feed.publish('attention', { id: parked });
      lanes.wake([{ partnerId: partner.id, kind, key, dueAt: at }]);
    }
    note(report, { key, since: Date.parse(lastUpdated), repaired, ...found });
  }

  /** A status of one of its EVSEs is on its way. */
  async function owesStatus(partner: Partner, { notice, key }: OwnObject): Promise<boolean> {
    if (notice.kind !== 'location') return false;
    const keys = notice.location.evses.map(({ uid }) => `${key}/${uid}`);
    return (await store.deliveries.pendingAmong(partner.id, 'evse', keys)).size > 0;
  }

  function note(report: ResyncReport, finding: ResyncFinding): void {
    if (finding.repaired) report.repaired += 1;
    if (report.findings.length < MAX_FINDINGS) report.findings.push(finding);
    report.missedSince = Math.min(report.missedSince ?? finding.since, finding.since);
  }

  function stop(report: ResyncReport, detail: string): void {
    report.state = 'stopped';
    report.detail = detail;
  }

  async function everything(): Promise<void> {
    for (const partner of partners.registered()) {
      for (const module of RESYNC_MODULES) {
        // Token lists are compared in their own rhythm (TOKEN_PULL_INTERVAL).
        if (module === 'tokens' || underWay.has(partner.id)) continue;
        const { report, end } = begin(partner, module, clock.now() - WINDOW_MS);
        await end;
        if (report.state === 'stopped') break;
      }
    }
  }

  function again(): void {
    clock.after(ports.settings.resyncIntervalMs, () => {
      ports.background.run(everything(), 'partners could not be compared with');
      again();
    });
  }

  return {
    start() {
      if (ports.settings.resyncIntervalMs > 0) again();
    },
    async run(partnerId, module, dateFrom) {
      const partner = partners.get(partnerId);
      if (!partner) return undefined;
      if (partner.status !== 'registered') throw new RequestRefused(409, `the partner is ${partner.status}`);
      const { report, end } = begin(partner, module, dateFrom ?? clock.now() - WINDOW_MS);
      let cancel = (): void => {};
      const waited = new Promise<void>((resolve) => {
        cancel = clock.after(WAIT_MS, resolve);
      });
      await Promise.race([end, waited]);
      cancel();
      return report;
    },
    async reports(partnerId) {
      const running = underWay.get(partnerId);
      const stored = await store.resyncs.list(partnerId);
      return stored.map((report) => (report.module === running?.module ? running : settled(report)));
    },
  };
}

/** Nobody goes on with a comparison whose process is gone. */
function settled(report: ResyncReport): ResyncReport {
  return report.state === 'running'
    ? { ...report, state: 'stopped', detail: 'the gateway ended meanwhile' }
    : report;
}
