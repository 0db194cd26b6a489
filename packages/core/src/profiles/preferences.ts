import {
  type ChargingPreferences,
  type PreferencePlan,
  type ProfileType,
  planPreferences,
} from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Feed } from '../feed.js';
import type { PreferencesAnswer, PreferencesResult } from '../model/charging-profile.js';
import type { Partner } from '../model/partner.js';
import type { SessionRecord } from '../model/session.js';
import type { CallOutcome } from '../ports/station-link.js';
import { newPlan } from '../stations/plan.js';
import type { SessionPorts } from '../transactions/plan-session.js';
import { carryOut } from './carry-out.js';
import { profileIdOf, setProfileCall, stackLevelAt, supplyAt } from './charger-profile.js';
import { openTransaction } from './open-transaction.js';
import { planProfile, profileOf, withoutProfile } from './plan-answer.js';
import { changeTariff, offeredProfiles } from './preferred-tariff.js';
import { isPriorityRefused } from './priority-charging.js';
import type { ProfilePorts } from './profile-ports.js';
import type { ProfileWatch } from './profile-watch.js';

const CAPABILITY = 'CHARGING_PREFERENCES_CAPABLE';

export type PreferencePorts = ProfilePorts &
  SessionPorts & { feed: Feed; background: Background; watch: ProfileWatch };

/** D7: what the driver prefers, made into a limit for the charger. Each session has one profile: the last word counts. */
export async function setPreferences(
  ports: PreferencePorts,
  partner: Partner,
  sessionId: string,
  preferences: ChargingPreferences,
): Promise<PreferencesAnswer> {
  const record = await ports.store.sessions.get(sessionId);
  // SE-34
  if (!record || record.partnerId !== partner.id) return { kind: 'unknown-session' };
  const capabilities = record.snapshot.location.evses[0]?.capabilities ?? [];
  if (!capabilities.includes(CAPABILITY)) return { kind: 'not-capable' };
  const offered = await offeredProfiles(ports, record);
  const result = judge(ports, record, preferences, offered);
  const tariff = offered.get(preferences.profile_type);
  if (result === 'ACCEPTED' && tariff) {
    if (await isPriorityRefused(ports, record, preferences)) {
      return { kind: 'answered', result: 'NOT_POSSIBLE' };
    }
    await changeTariff(ports, record, tariff);
    const plan = planPreferences(
      preferences,
      supplyAt(record, ports.settings.nominalVoltageV),
      ports.clock.now(),
    );
    ports.background.run(apply(ports, record, plan), 'charging preferences not carried out', {
      session: sessionId,
    });
  }
  return { kind: 'answered', result };
}

// D7-003
function judge(
  ports: ProfilePorts,
  record: SessionRecord,
  { profile_type, departure_time, energy_need }: ChargingPreferences,
  offered: ReadonlyMap<ProfileType, unknown>,
): PreferencesResult {
  const { status } = record.session;
  const isRunning = status === 'ACTIVE' || status === 'PENDING';
  if (!isRunning || !ports.link().isConnected(record.stationId)) return 'NOT_POSSIBLE';
  if (!offered.has(profile_type)) return 'PROFILE_TYPE_NOT_SUPPORTED';
  if (profile_type === 'FAST' || profile_type === 'REGULAR') return 'ACCEPTED';
  if (departure_time === undefined) return 'DEPARTURE_REQUIRED';
  if (energy_need === undefined) return 'ENERGY_NEED_REQUIRED';
  return Date.parse(departure_time) > ports.clock.now() ? 'ACCEPTED' : 'NOT_POSSIBLE';
}

// D7-002
async function apply(ports: PreferencePorts, record: SessionRecord, plan: PreferencePlan): Promise<void> {
  const { registry, settings } = ports;
  const { stationId, transactionId } = record;
  const station = registry().peek(stationId);
  const open = station && openTransaction(station, transactionId);
  const evseId = open?.transaction.evseId;
  if (!station || !open || evseId === undefined) return;
  const profileId = profileIdOf(record.session.id);
  // Nothing holds the vehicle back already.
  if (plan.kind === 'no-limit' && !open.profile?.profile) return;
  const call =
    plan.kind === 'limit'
      ? setProfileCall(station, open, record, plan.profile, settings.nominalVoltageV)
      : ({
          kind: 'clear-charging-profile',
          profileId,
          evseId,
          stackLevel: stackLevelAt(station),
        } as const);
  if (!call) return;
  const outcome = await carryOut(ports, stationId, call, {
    timeoutMs: settings.callTimeoutMs,
    correlationId: transactionId,
    priority: 3,
  });
  await registry().run(stationId, async (current) => {
    const still = openTransaction(current, transactionId);
    if (!still || !tookEffect(outcome)) return;
    const now = ports.clock.now();
    const known = profileOf(still, record, now);
    const write = newPlan(stationId);
    planProfile(
      write,
      still,
      plan.kind === 'limit' ? { ...known, profile: plan.profile } : withoutProfile(known, now),
    );
    await ports.committer.commit(write);
    ports.watch.profileChanged(current, evseId);
  });
}

/** A profile that the charger does not know is gone too. */
function tookEffect(outcome: CallOutcome): boolean {
  const status = outcome.kind === 'result' ? outcome.payload.status : undefined;
  return status === 'Accepted' || status === 'Unknown';
}
