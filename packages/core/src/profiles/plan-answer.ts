import type { SessionProfile } from '../model/charging-profile.js';
import type { ProfileCommand, ProfileResultType } from '../model/command.js';
import type { SessionRecord } from '../model/session.js';
import type { Clock } from '../ports/clock.js';
import type { CallOutcome } from '../ports/station-link.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { activeOf, evseMaximum } from './active-profile.js';
import { openTransaction } from './open-transaction.js';

/** What a charger's answer about a profile means (D6-010, D6-020, D6-021). */
export function planProfileAnswer(
  { clock }: { clock: Clock },
  plan: Plan,
  station: StationAggregate,
  command: ProfileCommand,
  outcome: CallOutcome,
): ProfileCommand {
  const open = openTransaction(station, command.transactionId);
  const record = open?.session;
  const result = resultOf(command.kind, outcome);
  // CP-07: a session that ended meanwhile has no profile any more.
  if (!open || !record) return { ...command, state: 'settled', result: 'REJECTED' };
  const now = clock.now();
  switch (command.kind) {
    case 'SET_PROFILE':
      if (result === 'ACCEPTED') {
        planProfile(plan, open, {
          ...profileOf(open, record, now),
          profile: command.request.charging_profile,
          setByPartner: true,
        });
      }
      return { ...command, state: 'settled', result };
    case 'CLEAR_PROFILE':
      if (result !== 'REJECTED' && open.profile) planProfile(plan, open, withoutProfile(open.profile, now));
      return { ...command, state: 'settled', result };
    case 'GET_PROFILE': {
      const schedule = outcome.kind === 'result' ? outcome.schedule : undefined;
      const active = schedule ? activeOf(schedule, now) : evseMaximum(record, now);
      return {
        ...command,
        state: 'settled',
        result,
        ...(result === 'ACCEPTED' && active ? { active } : {}),
      };
    }
  }
}

/** Plans what is known of the profile of a running session. */
export function planProfile(plan: Plan, open: OpenTransaction, profile: SessionProfile): void {
  plan.chargingProfiles.push(profile);
  plan.afterCommit.push(() => {
    open.profile = profile;
  });
}

export function profileOf(open: OpenTransaction, record: SessionRecord, now: number): SessionProfile {
  const { session, partnerId, stationId, transactionId } = record;
  const { country_code, party_id } = session.cdr_token;
  return {
    setByPartner: false,
    from: { country_code: session.country_code, party_id: session.party_id },
    to: { country_code, party_id },
    ...open.profile,
    sessionId: session.id,
    partnerId,
    stationId,
    transactionId,
    updatedAt: now,
  };
}

export function withoutProfile({ profile: _, ...rest }: SessionProfile, now: number): SessionProfile {
  return { ...rest, updatedAt: now };
}

/** Only the charger that looked for a profile and found none says Unknown (OCPP ClearChargingProfile). */
function resultOf(kind: ProfileCommand['kind'], outcome: CallOutcome): ProfileResultType {
  const status = outcome.kind === 'result' ? outcome.payload.status : undefined;
  if (status === 'Accepted') return 'ACCEPTED';
  return kind === 'CLEAR_PROFILE' && status === 'Unknown' ? 'UNKNOWN' : 'REJECTED';
}
