import { type ActiveChargingProfile, limitChanged, sameLimits } from '@roambridge/domain';
import type { SessionRecord } from '../model/session.js';
import type { CallOutcome } from '../ports/station-link.js';
import type { OpenTransaction } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { activeOf, evseMaximum, expectedFrom } from './active-profile.js';
import { askedLimits, isApplied } from './asked-limits.js';
import { planFollowed } from './followed.js';
import { openTransaction } from './open-transaction.js';
import { planProfile } from './plan-answer.js';
import { preferredUnit } from './preferred-unit.js';
import type { ProfilePorts } from './profile-ports.js';

/** How far ahead partners are told, seconds (CP-21: 5 to 60 minutes are useful). */
const TOLD_AHEAD_S = 3_600;

/** `event`: something is known to have changed. `poll`: only a change is worth telling. */
export type LookReason = 'event' | 'poll';

/** Asks a charger what it applies; undefined = the transaction is over, or at no known EVSE. */
export function askComposite(
  { registry, link, settings }: ProfilePorts,
  stationId: string,
  transactionId: string,
): Promise<CallOutcome> | undefined {
  const station = registry().peek(stationId);
  const open = station && openTransaction(station, transactionId);
  const evseId = open?.transaction.evseId;
  if (!station || !open?.session || evseId === undefined) return undefined;
  const unit = preferredUnit(station, open, open.session);
  return link().call(
    stationId,
    { kind: 'get-composite-schedule', evseId, durationS: TOLD_AHEAD_S, unit },
    { timeoutMs: settings.callTimeoutMs, correlationId: transactionId, priority: 3 },
  );
}

/** Asks the charger what it applies now, looks whether that is what it was asked to (D6-040), and tells it (D6-022). */
export async function lookAgain(
  ports: ProfilePorts,
  stationId: string,
  transactionId: string,
  reason: LookReason,
): Promise<void> {
  const outcome = await askComposite(ports, stationId, transactionId);
  if (outcome) await heard(ports, stationId, transactionId, outcome, reason);
}

/** Records and tells what a charger said that it applies. */
export function heard(
  ports: ProfilePorts,
  stationId: string,
  transactionId: string,
  outcome: CallOutcome,
  reason: LookReason,
): Promise<void> {
  const { clock, settings } = ports;
  return ports.registry().run(stationId, async (station) => {
    const open = openTransaction(station, transactionId);
    const record = open?.session;
    if (!open || !record) return;
    const now = clock.now();
    const plan = newPlan(stationId);
    const schedule = outcome.kind === 'result' ? outcome.schedule : undefined;
    const said = schedule && activeOf(schedule, now);
    const { nominalVoltageV, verifyProfiles } = settings;
    const asked = askedLimits(station, open, nominalVoltageV);
    if (said && asked && verifyProfiles) {
      const applied = isApplied(said, asked, open, { nominalVoltageV, now });
      planFollowed(
        plan,
        station,
        open,
        { applied: applied ? null : 'it applies more than it accepted' },
        now,
      );
    }
    const active = said ?? (reason === 'event' ? withoutWord(open, record, now) : undefined);
    if (active) planTold(ports, plan, open, active, reason);
    if (plan.dirty.length + plan.attention.length > 0) await ports.committer.commit(plan);
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

function planTold(
  { clock, settings }: ProfilePorts,
  plan: Plan,
  open: OpenTransaction,
  active: ActiveChargingProfile,
  reason: LookReason,
): void {
  const known = open.profile;
  if (!known?.setByPartner) return;
  const now = clock.now();
  if (reason === 'poll' && known.active && sameLimits(known.active, active, now)) return;
  // D6-022: another limit is told at once, the same one again only from time to time.
  const isNew = !known.active || limitChanged(known.active, active, now);
  planProfile(plan, open, { ...known, active, updatedAt: now });
  plan.dirty.push({
    partnerId: known.partnerId,
    kind: 'charging-profile',
    key: known.sessionId,
    dueAt: now + settings.pushLingerMs,
    ...(isNew ? {} : { minIntervalMs: settings.activeProfilePushMs }),
  });
}
