import { limitsFrom } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { activeOf } from './active-profile.js';
import { askedLimits, isApplied } from './asked-limits.js';
import { carryOut } from './carry-out.js';
import { setProfileCall } from './charger-profile.js';
import { meteredAgainst, planFollowed } from './followed.js';
import { openTransaction } from './open-transaction.js';
import type { ProfilePorts } from './profile-ports.js';
import { askComposite, heard, lookAgain } from './tell-active.js';

/** D6-040: a vehicle follows its limit after this time, or never. */
const FOLLOWED_AFTER_MS = 60_000;
/** How often the meter is awaited; after that the next poll looks. */
const METER_TRIES = 5;

export interface ProfileWatchPorts extends ProfilePorts {
  background: Background;
}

/** Looks after the charging profiles of running sessions. All but `resume` run inside the station's queue. */
export interface ProfileWatch {
  /** A profile was set, or taken away, by a command or by preferences. */
  profileChanged(station: StationAggregate, evseId: number | undefined): void;
  /**
   * D6-022: something else changed what the charger applies. Partners that set a profile for a session of the EVSE are
   * told (CP-20); `evseId` absent = at the whole station.
   */
  limitsChanged(station: StationAggregate, evseId?: number): void;
  /** D6-030: the charger is back, or booted: it may have lost what it was given. */
  back(station: StationAggregate): void;
  /** After a restart of the gateway. */
  resume(station: StationAggregate): void;
}

export function createProfileWatch(ports: ProfileWatchPorts): ProfileWatch {
  const { clock, settings } = ports;
  type Look = (stationId: string, transactionId: string) => Promise<void>;

  /** The next look at a transaction; it takes the place of the one that was planned before. */
  function next(stationId: string, open: OpenTransaction, delayMs: number, look: Look): void {
    const { id } = open.transaction;
    open.cancelProfileWatch?.();
    open.cancelProfileWatch = clock.after(delayMs, () => {
      open.cancelProfileWatch = undefined;
      ports.background.run(look(stationId, id), 'charging profile not looked at', {
        station: stationId,
        transaction: id,
      });
    });
  }

  function nextPoll(stationId: string, open: OpenTransaction): void {
    // Without a profile of a partner nobody waits for news.
    if (settings.activeProfilePollMs === 0 || !open.profile) return;
    next(stationId, open, settings.activeProfilePollMs, poll);
  }

  /** The transaction while it runs and its charger is there; otherwise the return of the charger starts it all again. */
  function reachable(stationId: string, transactionId: string): OpenTransaction | undefined {
    const station = ports.registry().peek(stationId);
    return station && ports.link().isConnected(stationId)
      ? openTransaction(station, transactionId)
      : undefined;
  }

  /** D6-022: at most every 15 minutes. */
  async function poll(stationId: string, transactionId: string): Promise<void> {
    if (!reachable(stationId, transactionId)) return;
    await lookAgain(ports, stationId, transactionId, 'poll');
    await compareMeter(stationId, transactionId, 0);
  }

  async function compareMeter(stationId: string, transactionId: string, triesLeft: number): Promise<void> {
    await ports.registry().run(stationId, async (station) => {
      const open = openTransaction(station, transactionId);
      if (!open) return;
      const { nominalVoltageV, activeProfilePollMs, verifyProfiles } = settings;
      const recently = clock.now() - Math.max(activeProfilePollMs, METER_TRIES * FOLLOWED_AFTER_MS);
      const from = Math.max(open.profileSentAt ?? recently, recently);
      const metered = meteredAgainst(station, open, { from, nominalVoltageV });
      if (verifyProfiles && metered.kind !== 'not-metered') {
        const plan = newPlan(stationId);
        const problem = metered.kind === 'above' ? metered.problem : null;
        planFollowed(plan, station, open, { metered: problem }, clock.now());
        if (plan.attention.length > 0) await ports.committer.commit(plan);
      }
      if (metered.kind === 'not-metered' && triesLeft > 0) {
        next(stationId, open, FOLLOWED_AFTER_MS, (...ids) => compareMeter(...ids, triesLeft - 1));
      } else {
        nextPoll(stationId, open);
      }
    });
  }

  /** D6-030: what the charger does not apply any more it is given again. */
  async function restore(stationId: string, transactionId: string): Promise<void> {
    if (!reachable(stationId, transactionId)) return;
    const outcome = await askComposite(ports, stationId, transactionId);
    const station = ports.registry().peek(stationId);
    const open = station && openTransaction(station, transactionId);
    const record = open?.session;
    const now = clock.now();
    const { nominalVoltageV, callTimeoutMs } = settings;
    const asked = open && askedLimits(station, open, nominalVoltageV);
    if (!outcome || !station || !open?.profile?.profile || !record || !asked) return;
    const schedule = outcome.kind === 'result' ? outcome.schedule : undefined;
    const kept =
      !limitsFrom(asked, now) ||
      (schedule !== undefined && isApplied(activeOf(schedule, now), asked, open, { nominalVoltageV, now }));
    if (kept || outcome.kind === 'not-connected' || outcome.kind === 'lost') {
      await heard(ports, stationId, transactionId, outcome, 'poll');
      nextPoll(stationId, open);
      return;
    }
    const call = setProfileCall(station, open, record, open.profile.profile, nominalVoltageV);
    if (!call) return;
    await carryOut(ports, stationId, call, {
      timeoutMs: callTimeoutMs,
      correlationId: transactionId,
      priority: 3,
    });
    open.profileSentAt = clock.now();
    await lookAgain(ports, stationId, transactionId, 'poll');
    next(stationId, open, FOLLOWED_AFTER_MS, (...ids) => compareMeter(...ids, METER_TRIES));
  }

  function tell(station: StationAggregate, open: OpenTransaction): void {
    const stationId = station.station.id;
    const { id } = open.transaction;
    ports.background.run(lookAgain(ports, stationId, id, 'event'), 'active charging profile not found out', {
      station: stationId,
      transaction: id,
    });
  }

  function* concerned(station: StationAggregate, evseId: number | undefined): Iterable<OpenTransaction> {
    for (const open of station.open.values()) {
      const here = evseId === undefined || open.transaction.evseId === evseId;
      if (here && open.transaction.endedAt === undefined && open.profile) yield open;
    }
  }

  return {
    profileChanged(station, evseId) {
      for (const open of concerned(station, evseId)) {
        open.profileSentAt = clock.now();
        const { setByPartner, profile } = open.profile ?? {};
        // Nobody is told of what a driver's preferences came to: then it is only looked whether it is kept.
        if (setByPartner || (profile && settings.verifyProfiles)) tell(station, open);
        next(station.station.id, open, FOLLOWED_AFTER_MS, (...ids) => compareMeter(...ids, METER_TRIES));
      }
    },
    limitsChanged(station, evseId) {
      for (const open of concerned(station, evseId)) if (open.profile?.setByPartner) tell(station, open);
    },
    back(station) {
      for (const open of concerned(station, undefined)) {
        if (open.profile?.profile) next(station.station.id, open, settings.reconnectSettleMs, restore);
        else nextPoll(station.station.id, open);
      }
    },
    resume(station) {
      for (const open of concerned(station, undefined)) nextPoll(station.station.id, open);
    },
  };
}
