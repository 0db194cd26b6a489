import { type ActiveChargingProfile, limitChanged } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { SessionRecord } from '../model/session.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { activeOf, evseMaximum, expectedFrom } from './active-profile.js';
import { openTransaction } from './open-transaction.js';
import { planProfile } from './plan-answer.js';
import { preferredUnit } from './preferred-unit.js';
import type { ProfilePorts } from './profile-ports.js';

/** How far ahead partners are told, seconds (CP-21: 5 to 60 minutes are useful). */
const TOLD_AHEAD_S = 3_600;

export interface ActiveProfilePorts extends ProfilePorts {
  background: Background;
}

/**
 * D6-022: something changed what the charger applies. Partners that set a profile for a session of the EVSE are told
 * (CP-20); `evseId` absent = at the whole station.
 */
export function limitsChanged(ports: ActiveProfilePorts, station: StationAggregate, evseId?: number): void {
  for (const { transaction, profile } of station.open.values()) {
    const concerned = evseId === undefined || transaction.evseId === evseId;
    if (!concerned || !profile?.setByPartner) continue;
    ports.background.run(
      lookAgain(ports, station.station.id, transaction.id),
      'active charging profile not found out',
      { station: station.station.id, transaction: transaction.id },
    );
  }
}

/** Asks the charger what it applies now, and tells it. */
async function lookAgain(ports: ActiveProfilePorts, stationId: string, transactionId: string): Promise<void> {
  const { registry, link, clock, settings } = ports;
  const station = registry().peek(stationId);
  const open = station && openTransaction(station, transactionId);
  const evseId = open?.transaction.evseId;
  if (!station || !open?.session || evseId === undefined) return;
  const unit = preferredUnit(station, open, open.session);
  const outcome = await link().call(
    stationId,
    { kind: 'get-composite-schedule', evseId, durationS: TOLD_AHEAD_S, unit },
    { timeoutMs: settings.callTimeoutMs, correlationId: transactionId, priority: 3 },
  );
  await registry().run(stationId, async (current) => {
    const still = openTransaction(current, transactionId);
    const record = still?.session;
    if (!still || !record) return;
    const now = clock.now();
    const schedule = outcome.kind === 'result' ? outcome.schedule : undefined;
    const active = schedule ? activeOf(schedule, now) : withoutWord(still, record, now);
    if (active) await tell(ports, current, still, active, now);
  });
}

/** A charger that does not tell what it applies is taken by its word. */
function withoutWord(
  { profile }: OpenTransaction,
  record: SessionRecord,
  now: number,
): ActiveChargingProfile | undefined {
  return profile?.profile
    ? expectedFrom(profile.profile, record.session.start_date_time)
    : evseMaximum(record, now);
}

async function tell(
  ports: ActiveProfilePorts,
  station: StationAggregate,
  open: OpenTransaction,
  active: ActiveChargingProfile,
  now: number,
): Promise<void> {
  const known = open.profile;
  if (!known?.setByPartner) return;
  // D6-022: another limit is told at once, the same one again only from time to time.
  const isNew = !known.active || limitChanged(known.active, active, now);
  const plan = newPlan(station.station.id);
  planProfile(plan, open, { ...known, active, updatedAt: now });
  plan.dirty.push({
    partnerId: known.partnerId,
    kind: 'charging-profile',
    key: known.sessionId,
    dueAt: now + ports.settings.pushLingerMs,
    ...(isNew ? {} : { minIntervalMs: ports.settings.activeProfilePushMs }),
  });
  await ports.committer.commit(plan);
}
