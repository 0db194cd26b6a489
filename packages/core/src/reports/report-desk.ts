import type { EpochMs } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { factsOf } from '../device-model/facts.js';
import { withVariables } from '../device-model/merge.js';
import type { Feed } from '../feed.js';
import type { DeviceVariable } from '../model/device-model.js';
import type { FrameRecord } from '../model/journal.js';
import type { AskedReport, ReportPart, StationReport } from '../model/station-report.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { CallOutcome, SchemaViolation } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';
import {
  addPart,
  closed,
  isComplete,
  newReport,
  type OpenReport,
  reportKey,
  variablesOf,
} from './open-report.js';
import { answerOf } from './read-answer.js';

/** C-002: a report of which nothing is heard for so long is incomplete. */
const REPORT_IDLE_MS = 60_000;
/** Reports in work at a time, of all stations; the oldest is closed as it is. */
const MAX_OPEN = 5_000;

/** A report that ran when the gateway stopped does not run any more. */
export function reportAsOf<R extends Omit<StationReport, 'items'>>(report: R, now: EpochMs): R {
  return report.state === 'running' && report.updatedAt + REPORT_IDLE_MS < now
    ? { ...report, state: 'incomplete' }
    : report;
}

/** Reports that chargers give in several messages, and the device model that comes of them. */
export interface ReportDesk {
  /** Before the call is sent: the charger may report before it answers. */
  asked(stationId: string, asked: AskedReport): void;
  /** After the call. */
  answered(stationId: string, asked: AskedReport, outcome: CallOutcome | SchemaViolation): Promise<void>;
  /** One message; resolves when it is durable. Inside the station's queue. */
  reported(station: StationAggregate, part: ReportPart, frame: FrameRecord): Promise<void>;
  /** Values that the charger told in an answer. */
  learned(stationId: string, variables: readonly DeviceVariable[]): Promise<void>;
}

export interface ReportPorts {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  committer: Committer;
  background: Background;
  registry: () => StationRegistry;
  /** What a charger can do is known otherwise than before (D1-005); after the commit. */
  abilitiesChanged(stationId: string): void;
}

export function createReportDesk(ports: ReportPorts): ReportDesk {
  const { store, clock, log, feed, committer, background } = ports;
  const open = new Map<string, OpenReport>();

  function begin(stationId: string, asked: Parameters<typeof newReport>[1]): OpenReport {
    const key = reportKey(stationId, asked.kind, asked.requestId);
    open.get(key)?.cancelIdle?.();
    const begun = newReport(stationId, asked, clock.now());
    open.set(key, begun);
    const [oldest] = open;
    if (open.size > MAX_OPEN && oldest) expire(oldest[0], oldest[1]);
    waitOn(key, begun);
    return begun;
  }

  function waitOn(key: string, current: OpenReport): void {
    current.cancelIdle?.();
    current.cancelIdle = clock.after(REPORT_IDLE_MS, () => expire(key, current));
  }

  function expire(key: string, current: OpenReport): void {
    current.cancelIdle?.();
    if (open.get(key) === current) open.delete(key);
    if (current.report.state !== 'running') return;
    log.warn({ station: current.report.stationId, missing: current.report.missing }, 'report is incomplete');
    background.run(finish(current, 'incomplete'), 'report not stored');
  }

  /** Stores what came; a repeated finish writes the same rows again. */
  async function finish(current: OpenReport, state: StationReport['state']): Promise<void> {
    const report = closed(current, state);
    const { stationId } = report;
    if (report.kind === 'inventory') {
      await learn(stationId, variablesOf(current), current.whole && state === 'complete');
    }
    await store.reports.put(report);
    current.report = { ...report, items: [] };
    feed.publish('station', { id: stationId, report: report.id }, stationId);
  }

  async function learn(
    stationId: string,
    variables: readonly DeviceVariable[],
    whole: boolean,
  ): Promise<void> {
    if (variables.length === 0) return;
    const before = await store.deviceModels.get(stationId);
    await store.deviceModels.put(stationId, withVariables(before, variables, clock.now(), whole));
  }

  function planFacts(
    plan: ReturnType<typeof newPlan>,
    station: StationAggregate,
    variables: readonly DeviceVariable[],
  ): void {
    const facts = factsOf(variables, station.state);
    if (!facts) return;
    const before = station.state;
    const state = { ...before, ...facts };
    plan.stationState = state;
    plan.afterCommit.push(() => {
      station.state = state;
      const changed =
        before.reservationsEnabled !== state.reservationsEnabled ||
        before.smartChargingEnabled !== state.smartChargingEnabled;
      if (changed) ports.abilitiesChanged(station.station.id);
    });
  }

  return {
    asked: (stationId, asked) => void begin(stationId, asked),
    async answered(stationId, asked, outcome) {
      const key = reportKey(stationId, asked.kind, asked.requestId);
      const current = open.get(key);
      // Without an answer it may still come.
      if (!current || outcome.kind === 'timeout' || outcome.kind === 'lost') return;
      const { state, ...words } = answerOf(outcome);
      current.report = { ...current.report, ...words };
      if (current.report.state !== 'running') {
        await store.reports.put({ ...closed(current, current.report.state), ...words });
      } else if (state === 'running') {
        await store.reports.put(closed(current, 'running'));
      } else {
        current.cancelIdle?.();
        open.delete(key);
        // What was never sent makes no report.
        if (outcome.kind === 'result' || outcome.kind === 'error') await finish(current, state);
      }
    },
    async reported(station, part, frame) {
      const stationId = station.station.id;
      const key = reportKey(stationId, part.kind, part.requestId);
      const { kind, requestId } = part;
      const current = open.get(key) ?? begin(stationId, { kind, requestId });
      addPart(current, part, clock.now());
      waitOn(key, current);
      // Written before the frame: a charger that gets no answer tells the part again, and nothing is lost.
      if (isComplete(current)) await finish(current, 'complete');
      const plan = newPlan(stationId, frame);
      planFacts(plan, station, part.variables ?? []);
      await committer.commit(plan);
    },
    learned: (stationId, variables) =>
      ports.registry().run(stationId, async (station) => {
        await learn(stationId, variables, false);
        const plan = newPlan(stationId);
        planFacts(plan, station, variables);
        if (plan.stationState) await committer.commit(plan);
      }),
  };
}
