import type { Cost } from '../pricing/pricing.js';
import type { EpochMs, PartyId } from '../roaming/common.js';
import type { Location } from '../roaming/location.js';
import type { Session, SessionStatus } from '../roaming/session.js';
import type { Tariff } from '../roaming/tariff.js';
import { toChargingPeriods } from '../session/charging-periods.js';
import { liveDimensions } from '../session/live-dimensions.js';
import { ocpiTime } from '../session/ocpi-time.js';
import { kwhVolume } from '../session/period-volumes.js';
import type { Transaction } from '../transaction/transaction.js';
import { runningFacts, type SessionFacts, sessionFacts } from './session-facts.js';
import type { SessionTerms } from './session-terms.js';

export interface SessionSubject {
  id: string;
  owner: PartyId;
  /** Narrowed to the EVSE and connector in use. */
  location: Location;
  /** The tariff of the snapshot. */
  tariff?: Tariff;
  /** Currency of the platform, for a session that has no tariff to tell it. */
  currency: string;
  meterId?: string;
  terms?: SessionTerms;
}

/** A session and what it is made of. */
export interface ProjectedSession {
  session: Session;
  /** Absent before the session took anything. */
  energyWh?: number;
  /** Of a session that is over: what its CDR is made of. */
  facts?: SessionFacts;
}

/**
 * The partner's view of a transaction (D2). A running session carries only the periods that are over; its cost is
 * that of everything known so far. `lastUpdated` is the gateway's time, strictly increasing per session (D1-023).
 */
export function projectSession(
  transaction: Transaction,
  subject: SessionSubject,
  status: SessionStatus,
  lastUpdated: EpochMs,
): ProjectedSession {
  const { grant, activeAt } = transaction;
  if (!grant?.cdrToken) throw new Error('a session belongs to the token of a partner');
  const evse = subject.location.evses[0];
  const connector = evse?.connectors[0];
  if (!evse || !connector) throw new Error('a session has one EVSE and one connector');
  const session: Session = {
    country_code: subject.owner.country_code,
    party_id: subject.owner.party_id,
    id: subject.id,
    start_date_time: ocpiTime(activeAt ?? transaction.startedAt),
    kwh: '0',
    cdr_token: grant.cdrToken,
    auth_method: grant.authMethod,
    location_id: subject.location.id,
    evse_uid: evse.uid,
    connector_id: connector.id,
    currency: subject.tariff?.currency ?? subject.currency,
    charging_periods: [],
    status,
    last_updated: new Date(lastUpdated).toISOString(),
  };
  if (grant.authorizationReference !== undefined)
    session.authorization_reference = grant.authorizationReference;
  if (subject.meterId !== undefined) session.meter_id = subject.meterId;
  const over = status === 'COMPLETED' || status === 'INVALID';
  // D2-004: a session does not end before it began.
  const endedAt = Math.max(transaction.endedAt ?? 0, activeAt ?? transaction.startedAt);
  if (over && transaction.endedAt !== undefined) session.end_date_time = ocpiTime(endedAt);
  if (activeAt === undefined) return { session };

  const { tariff, location, terms } = subject;
  if (over) {
    const facts = sessionFacts(transaction, activeAt, tariff, location.time_zone, terms);
    tell(session, facts, facts.periods);
    if (facts.pricing?.kind === 'priced') session.total_cost = facts.pricing.total_cost;
    return { session, energyWh: facts.energyWh, facts };
  }
  const facts = runningFacts(transaction, activeAt, tariff, location.time_zone, terms);
  tell(session, facts, facts.closedPeriods);
  if (terms?.liveDimensions) addLiveDimensions(session, transaction, facts);
  // SE-13: an omitted cost means "not known yet", and 0 would mean free: a running session that took nothing has none.
  const cost = facts.pricing?.kind === 'priced' ? facts.pricing.total_cost : undefined;
  if (cost && (session.kwh !== '0' || cost.excl_vat !== '0')) session.total_cost = cost;
  return { session, energyWh: facts.energyWh };
}

function tell(session: Session, { energyWh }: SessionFacts<Cost>, periods: SessionFacts['periods']): void {
  session.kwh = kwhVolume(energyWh);
  session.charging_periods = toChargingPeriods(periods);
}

/** D2-047: to the newest of the periods that are over, so that a partner is told anew only with the next one. */
function addLiveDimensions(
  session: Session,
  { samples }: Transaction,
  { closedPeriods }: SessionFacts<Cost>,
): void {
  const newest = closedPeriods.at(-1);
  const told = session.charging_periods.at(-1);
  if (newest && told) told.dimensions.push(...liveDimensions(samples, newest));
}
