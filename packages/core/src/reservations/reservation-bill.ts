import {
  billedReservation,
  newTransaction,
  type SessionFacts,
  type SessionSubject,
  type Transaction,
  type UnusedReservation,
  unusedReservationFacts,
} from '@roambridge/domain';
import type { Feed } from '../feed.js';
import type { Reservation } from '../model/reservation.js';
import type { SessionRecord } from '../model/session.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { CoreSettings } from '../settings.js';
import { type CompletedSession, cdrIdOf, planCdr } from '../settlement/plan-cdr.js';
import type { Plan } from '../stations/plan.js';

export interface ReservationBillPorts {
  feed: Feed;
  partners: PartnerDirectory;
  partnerLink: () => PartnerLink;
  settings: Pick<CoreSettings, 'cdrSettleMs' | 'doubtHoldMs'>;
}

/** What the remark of the CDR says in place of a charger's reason. */
const STOP_REASONS = {
  EXPIRED: 'ReservationExpired',
  CANCELLED: 'ReservationCancelled',
} as const satisfies Record<UnusedReservation['outcome'], string>;

/** Whether a partner can be billed for reservations: 2.1.1 has no word for them in tariffs and CDRs (MP-08, MP-10). */
export function paysForReservations(
  { partners, partnerLink }: Pick<ReservationBillPorts, 'partners' | 'partnerLink'>,
  partnerId: string | undefined,
): boolean {
  const partner = partnerId === undefined ? undefined : partners.get(partnerId);
  return partner !== undefined && partnerLink().billsReservations(partner);
}

/**
 * Completes the session of a reservation that nobody used and makes its CDR, where its tariff has a price for that
 * (D2 table, CO-18); false = nothing to bill.
 */
export function planReservationBill(
  ports: ReservationBillPorts,
  plan: Plan,
  reservation: Reservation,
  ended: UnusedReservation,
  now: number,
): boolean {
  const { partner, stationId } = reservation;
  const record = partner?.session;
  if (!record || !paysForReservations(ports, record.partnerId)) return false;
  const completed = completedReservation(reservation, record, ended, now);
  if (!completed) return false;
  const { partnerId } = record;
  const session: SessionRecord = { ...record, session: completed.session };
  plan.sessions.push(session);
  plan.dirty.push({ partnerId, kind: 'session', key: session.session.id, dueAt: now });
  const { cdrSettleMs, doubtHoldMs } = ports.settings;
  const times = { now, releaseAt: now + cdrSettleMs, doubtHoldMs };
  const cdr = planCdr(plan, cdrIdOf(reservation.id, 0), completed, times);
  plan.afterCommit.push(() => {
    const told = { ...completed.session, partner_id: partnerId, station_id: stationId };
    ports.feed.publish('session', told, stationId);
    ports.feed.publish('cdr', cdr, stationId);
  });
  return true;
}

/** A reservation in the shape of a session that is over; undefined = its tariff asks no price for it. */
export function completedReservation(
  reservation: Reservation,
  record: SessionRecord,
  ended: UnusedReservation,
  now: number,
): CompletedSession | undefined {
  const { partnerId, stationId, snapshot, session: before } = record;
  const { location } = snapshot;
  const [tariff] = snapshot.tariffs;
  const facts = unusedReservationFacts(ended, tariff, location.time_zone, snapshot.terms);
  if (!facts) return undefined;
  const subject: SessionSubject = {
    id: before.id,
    owner: { country_code: before.country_code, party_id: before.party_id },
    location,
    currency: before.currency,
    ...(tariff ? { tariff } : {}),
  };
  const lastUpdated = Math.max(now, Date.parse(before.last_updated) + 1);
  return {
    partnerId,
    stationId,
    subject,
    facts,
    session: billedReservation(before, facts, lastUpdated),
    transaction: endedReservation(reservation, ended, facts),
  };
}

function endedReservation(
  reservation: Reservation,
  { outcome }: UnusedReservation,
  { to }: SessionFacts,
): Transaction {
  return { ...beginningOf(reservation), endedAt: to, stoppedReason: STOP_REASONS[outcome] };
}

/** What a reservation has of a transaction: who, where, and when it began. */
export function beginningOf(
  reservation: Pick<Reservation, 'id' | 'stationId' | 'madeAt' | 'evseId'>,
): Transaction {
  const { id, stationId, madeAt, evseId } = reservation;
  const beginning = newTransaction(
    { id, stationId, ocppTransactionId: '' },
    {
      eventType: 'Started',
      ocppTransactionId: '',
      at: madeAt,
      receivedAt: madeAt,
      offline: false,
      meterValues: [],
    },
  );
  return { ...beginning, ...(evseId === undefined ? {} : { evseId }) };
}
