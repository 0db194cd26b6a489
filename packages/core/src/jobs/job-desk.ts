import type { EpochMs } from '@roambridge/domain';
import type { Committer } from '../committer.js';
import type { Feed } from '../feed.js';
import type { FileDesk } from '../files/file-desk.js';
import { randomUUID } from '../ids.js';
import {
  JOB_HISTORY_MAX,
  type JobKind,
  type JobReport,
  type JobRequest,
  type StationJob,
} from '../model/job.js';
import type { Clock } from '../ports/clock.js';
import type { CallOutcome, SchemaViolation } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import { newPlan, type Plan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';

/** Jobs of one kind at one station that a notification may be about. */
const CANDIDATES = 20;

/** Answers by which a charger takes a job on; one without a status does as well. */
const TAKEN: ReadonlySet<unknown> = new Set([undefined, 'Accepted', 'AcceptedCanceled']);

export interface JobPorts {
  store: Pick<Store, 'jobs'>;
  clock: Clock;
  feed: Feed;
  committer: Committer;
  registry: () => StationRegistry;
  files: () => FileDesk;
}

/** What chargers were asked to do and how far they are (B-010, B-011). */
export interface JobDesk {
  /** Before a request is sent: what the charger tells from now on may be about it. */
  expect(stationId: string, action: string, request: JobRequest): Promise<StationJob>;
  /** The charger answered it, or did not. */
  answered(job: StationJob, outcome: CallOutcome | SchemaViolation): Promise<void>;
  /** Inside the station's queue: a charger's word about a job. Its row becomes part of the plan. */
  planReport(plan: Plan, report: JobReport): Promise<void>;
  /** A job that the charger itself asked for, stored at once. */
  begin(stationId: string, action: string, kind: JobKind): Promise<StationJob>;
  /** Any other step of a job, stored at once. */
  step(job: StationJob, status: string, state: StationJob['state']): Promise<StationJob>;
  /** A charger delivered the file of a job. */
  delivered(jobId: string, fileId: string): Promise<void>;
}

export function createJobDesk(ports: JobPorts): JobDesk {
  const { store, clock, feed, committer } = ports;
  /** Asked for and not in the database yet. */
  const expected = new Set<StationJob>();

  function planned(plan: Plan, job: StationJob): void {
    plan.jobs.push(job);
    plan.afterCommit.push(() => {
      feed.publish('station', { id: job.stationId, job: job.id }, job.stationId);
    });
  }

  async function commit(job: StationJob): Promise<void> {
    const plan = newPlan(job.stationId);
    planned(plan, job);
    await committer.commit(plan);
  }

  /** Which job a notification is about: the one with its number, else the newest. */
  async function find(stationId: string, { kind, requestId }: JobReport): Promise<StationJob | undefined> {
    const waiting = [...expected].filter((job) => job.stationId === stationId && job.kind === kind).reverse();
    const stored = await store.jobs.newest(stationId, kind, CANDIDATES);
    // A notification that overtook the answer has stored the newer version.
    const newer = (job: StationJob) => stored.find(({ id }) => id === job.id) ?? job;
    const all = [...waiting.map(newer), ...stored];
    return requestId === undefined ? all[0] : all.find((job) => job.requestId === requestId);
  }

  /** L01.FR.24, N01.FR.12: the charger gave the older one up for this. */
  async function cancelOlder(than: StationJob): Promise<void> {
    const jobs = await store.jobs.newest(than.stationId, than.kind, CANDIDATES);
    const older = jobs.find(({ id, state }) => id !== than.id && state === 'running');
    if (older) await commit(noted(older, 'Canceled', 'failed'));
  }

  function noted(job: StationJob, status: string, state: StationJob['state']): StationJob {
    const now = clock.now();
    const history = [...job.history, { status, at: now }].slice(-JOB_HISTORY_MAX);
    return { ...job, status, state, history, updatedAt: now };
  }

  return {
    async expect(stationId, action, { kind, requestId, location }) {
      const job = newJob(stationId, action, { kind, requestId }, clock.now());
      const fileId = location === undefined ? undefined : await ports.files().tie(location, job.id);
      if (fileId !== undefined) job.fileId = fileId;
      expected.add(job);
      return job;
    },
    answered: (job, outcome) =>
      ports.registry().run(job.stationId, async () => {
        // A notification that overtook the answer has stored it already.
        const current = (await store.jobs.get(job.id)) ?? job;
        expected.delete(job);
        if (!wasSent(outcome)) return;
        if (outcome.kind === 'result' && TAKEN.has(outcome.payload.status)) {
          const { fileName, filename } = outcome.payload;
          const name = typeof fileName === 'string' ? fileName : filename;
          await commit({ ...current, ...(typeof name === 'string' ? { fileName: name } : {}) });
          if (outcome.payload.status === 'AcceptedCanceled') await cancelOlder(current);
          return;
        }
        // Whether a charger that did not answer began is not known: it may still tell.
        const refused = outcome.kind === 'result' || outcome.kind === 'error';
        const word = outcome.kind === 'result' ? String(outcome.payload.status) : wordOf(outcome);
        await commit(noted(current, word, refused ? 'failed' : current.state));
      }),
    async planReport(plan, report) {
      if (report.state === undefined) return;
      const job = await find(plan.stationId, report);
      if (!job) return;
      planned(plan, noted(job, report.status, report.state));
    },
    async begin(stationId, action, kind) {
      const job = newJob(stationId, action, { kind }, clock.now());
      await commit(job);
      return job;
    },
    async step(job, status, state) {
      const next = noted(job, status, state);
      await commit(next);
      return next;
    },
    async delivered(jobId, fileId) {
      const known = await store.jobs.get(jobId);
      const stationId = known?.stationId ?? [...expected].find((job) => job.id === jobId)?.stationId;
      if (stationId === undefined) return;
      await ports.registry().run(stationId, async () => {
        const job = (await store.jobs.get(jobId)) ?? [...expected].find(({ id }) => id === jobId);
        if (job) await commit({ ...job, fileId, updatedAt: clock.now() });
      });
    },
  };
}

function newJob(
  stationId: string,
  action: string,
  { kind, requestId }: { kind: JobKind; requestId?: number | undefined },
  now: EpochMs,
): StationJob {
  return {
    id: randomUUID(),
    stationId,
    kind,
    action,
    ...(requestId === undefined ? {} : { requestId }),
    state: 'running',
    status: 'Requested',
    history: [{ status: 'Requested', at: now }],
    createdAt: now,
    updatedAt: now,
  };
}

type Sent = Extract<CallOutcome, { messageId: string }>;

function wasSent(outcome: CallOutcome | SchemaViolation): outcome is Sent {
  return 'messageId' in outcome;
}

function wordOf(outcome: Exclude<Sent, { kind: 'result' }>): string {
  return outcome.kind === 'error' ? outcome.code : 'NoAnswer';
}
