import type { EpochMs } from '@roambridge/domain';
import type { SessionProfile } from '../model/charging-profile.js';
import type { Command } from '../model/command.js';
import type { DirtyMark } from '../model/delivery.js';
import type { StationJob } from '../model/job.js';
import type { FrameRecord } from '../model/journal.js';
import type { Reservation } from '../model/reservation.js';
import type { SecurityEvent } from '../model/security-event.js';
import type { AttentionRecord, CdrRecord, SessionRecord } from '../model/session.js';
import type { StationState } from '../model/station.js';
import type { TransactionEventRecord, TransactionRecord } from '../model/transaction.js';
import type { EvseStatusWrite, WriteSet } from '../ports/store.js';
import type { StationAggregate } from './aggregate.js';

/**
 * What one fact will change: rows for the commit, and the changes in memory that follow it. Nothing in memory
 * changes before the commit, so a commit that fails leaves the aggregate as it was.
 */
export interface Plan {
  stationId: string;
  frames: FrameRecord[];
  transactions: TransactionRecord[];
  transactionEvents: TransactionEventRecord[];
  sessions: SessionRecord[];
  cdrs: CdrRecord[];
  evseStatuses: EvseStatusWrite[];
  stationState?: StationState;
  commands: Command[];
  reservations: Reservation[];
  chargingProfiles: SessionProfile[];
  jobs: StationJob[];
  securityEvents: SecurityEvent[];
  dirty: DirtyMark[];
  attention: AttentionRecord[];
  /** EVSEs of which the fact is news (D1-041). */
  heard: Set<number>;
  /** EVSEs that flap, and until when they must be steady (D1-031). */
  flapping: Map<number, EpochMs>;
  afterCommit: (() => void)[];
}

export function newPlan(stationId: string, frame?: FrameRecord): Plan {
  return {
    stationId,
    frames: frame ? [frame] : [],
    transactions: [],
    transactionEvents: [],
    sessions: [],
    cdrs: [],
    evseStatuses: [],
    commands: [],
    reservations: [],
    chargingProfiles: [],
    jobs: [],
    securityEvents: [],
    dirty: [],
    attention: [],
    heard: new Set(),
    flapping: new Map(),
    afterCommit: [],
  };
}

/** Something was heard of an EVSE now: it counts again (D1-041). 0 = the station as a whole. */
export function planHeard(plan: Plan, station: StationAggregate, evseId: number): void {
  if (!station.unheard.has(evseId)) return;
  plan.heard.add(evseId);
  plan.afterCommit.push(() => {
    station.unheard.delete(evseId);
  });
}

/** The non-empty members as rows for the store. */
export function toWriteSet(plan: Plan): WriteSet {
  const writes: WriteSet = { stationId: plan.stationId };
  if (plan.stationState) writes.stationState = plan.stationState;
  if (plan.frames.length > 0) writes.frames = plan.frames;
  if (plan.transactions.length > 0) writes.transactions = plan.transactions;
  if (plan.transactionEvents.length > 0) writes.transactionEvents = plan.transactionEvents;
  if (plan.sessions.length > 0) writes.sessions = plan.sessions;
  if (plan.cdrs.length > 0) writes.cdrs = plan.cdrs;
  if (plan.evseStatuses.length > 0) writes.evseStatuses = plan.evseStatuses;
  if (plan.commands.length > 0) writes.commands = plan.commands;
  if (plan.reservations.length > 0) writes.reservations = plan.reservations;
  if (plan.chargingProfiles.length > 0) writes.chargingProfiles = plan.chargingProfiles;
  if (plan.jobs.length > 0) writes.jobs = plan.jobs;
  if (plan.securityEvents.length > 0) writes.securityEvents = plan.securityEvents;
  if (plan.dirty.length > 0) writes.dirty = plan.dirty;
  if (plan.attention.length > 0) writes.attention = plan.attention;
  return writes;
}
