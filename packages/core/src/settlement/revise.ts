import {
  LEGAL_FLAGS,
  ocpiTime,
  projectSession,
  type SessionSubject,
  type Tariff,
  type Transaction,
} from '@roambridge/domain';
import type { TariffBook } from '../catalog/tariff-book.js';
import { type CdrCorrection, RequestRefused } from '../edges/operator-edge.js';
import type { CdrRecord } from '../model/session.js';
import type { Store } from '../ports/store.js';
import { completedReservation } from '../reservations/reservation-bill.js';
import type { CoreSettings } from '../settings.js';
import { applySignedData } from '../signed-data/apply-signed-data.js';
import { meterTraits } from '../signed-data/check-readings.js';
import type { StationDirectory } from '../stations/directory.js';
import type { StationRegistry } from '../stations/registry.js';
import type { CompletedSession } from './plan-cdr.js';
import { rebuildTransaction } from './rebuild-transaction.js';

export interface RevisePorts {
  store: Store;
  tariffs: TariffBook;
  settings: Pick<CoreSettings, 'signedStartCopyFor'> & { currency: string };
  directory: StationDirectory;
  registry: () => StationRegistry;
}

/** Holds that the tariff is to blame for: it may have been repaired since. */
const TARIFF_HOLDS: ReadonlySet<string> = new Set([
  'NO_TARIFF',
  'TARIFF_NOT_SUPPORTED',
  'TARIFF_INVALID',
  'TAX_UNKNOWN',
  'LOAD_UNKNOWN',
]);

/** The recorded session of a CDR with all that its price depends on; undefined when the record is gone. */
export async function completedSessionOf(
  { store, settings, directory, registry }: RevisePorts,
  record: CdrRecord,
  change: {
    tariff?: Tariff | undefined;
    correction?: CdrRecord['correction'];
    /** What the charger told since. */
    late?: (recorded: Transaction) => Transaction;
  } = {},
): Promise<CompletedSession | undefined> {
  const [known, events, kept] = await Promise.all([
    store.transactions.get(record.transactionId),
    store.transactions.events(record.transactionId),
    store.sessions.get(record.cdr.session_id),
  ]);
  if (!known) return reservationOf(store, record, change);
  const rebuilt = rebuildTransaction(known, events);
  if (!rebuilt || !kept) return undefined;
  // What was decided without an event, such as that gaps were accepted, stands in the record only.
  const recordedFlags = [...new Set([...rebuilt.flags, ...known.flags])] as Transaction['flags'];
  // The containers are judged anew: a key may be known by now (D3-023).
  const flags = recordedFlags.filter((flag) => !LEGAL_FLAGS.some((legal) => legal === flag));
  const station = meterTraits(directory.find(record.stationId), registry().peek(record.stationId)?.state);
  const told: Transaction = { ...rebuilt, flags };
  const recorded = applySignedData(change.late ? change.late(told) : told, station, settings);
  const whole = corrected(recorded, change.correction ?? record.correction);
  // A tariff that is named prices all of it, whatever its driver chose.
  const transaction = change.tariff ? { ...whole, tariffChanges: [] } : whole;
  const tariff = change.tariff ?? record.cdr.tariffs[0];
  const { session: before } = kept;
  const subject: SessionSubject = {
    id: before.id,
    owner: { country_code: before.country_code, party_id: before.party_id },
    location: record.location,
    currency: settings.currency,
    ...(tariff ? { tariff } : {}),
    ...(before.meter_id === undefined ? {} : { meterId: before.meter_id }),
    ...(kept.snapshot.terms ? { terms: kept.snapshot.terms } : {}),
  };
  const at = Date.parse(before.last_updated);
  const { session, facts } = projectSession(transaction, subject, 'COMPLETED', at);
  if (!facts) return undefined;
  const { partnerId, stationId } = record;
  return { partnerId, stationId, transaction, subject, session, facts };
}

/** The CDR is of a reservation that nobody used: it is named in place of a transaction. */
async function reservationOf(
  store: Store,
  record: CdrRecord,
  change: { tariff?: Tariff | undefined; correction?: CdrRecord['correction'] },
): Promise<CompletedSession | undefined> {
  const reservation = await store.reservations.get(record.transactionId);
  const session = reservation?.partner?.session;
  if (!reservation || !session) return undefined;
  const { energyWh, endedAt } = change.correction ?? record.correction ?? {};
  if (energyWh !== undefined) throw new RequestRefused(422, 'a reservation takes no energy', '/total_energy');
  const { madeAt, expiresAt } = reservation;
  requireAfter(madeAt, endedAt);
  const tariffs = change.tariff ? [change.tariff] : record.cdr.tariffs;
  return completedReservation(
    reservation,
    { ...session, snapshot: { location: record.location, tariffs } },
    {
      from: madeAt,
      to: endedAt ?? Math.min(reservation.endedAt ?? expiresAt, expiresAt),
      outcome: reservation.status === 'expired' ? 'EXPIRED' : 'CANCELLED',
    },
    Date.parse(record.cdr.last_updated),
  );
}

function requireAfter(startedAt: number, endedAt: number | undefined): void {
  if (endedAt === undefined || endedAt >= startedAt) return;
  throw new RequestRefused(422, `the session began at ${ocpiTime(startedAt)}`, '/end_date_time');
}

function corrected(recorded: Transaction, correction: CdrRecord['correction']): Transaction {
  const { energyWh, endedAt } = correction ?? {};
  requireAfter(recorded.activeAt ?? recorded.startedAt, endedAt);
  return {
    ...recorded,
    ...(energyWh === undefined ? {} : { billedWh: energyWh }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** The session as the operator corrects it. @throws {RequestRefused} naming the member that is not possible. */
export async function correctedSessionOf(
  ports: RevisePorts,
  record: CdrRecord,
  correction: CdrCorrection,
): Promise<CompletedSession> {
  const { energyWh, endedAt } = correction;
  const tariff = await tariffFor(ports, record, correction.tariffId);
  const completed = await completedSessionOf(ports, record, {
    tariff,
    correction: {
      ...(energyWh === undefined ? {} : { energyWh }),
      ...(endedAt === undefined ? {} : { endedAt }),
    },
  });
  if (!completed) throw new RequestRefused(409, 'the record of its transaction is not kept any more');
  return completed;
}

async function tariffFor(
  { store, tariffs }: RevisePorts,
  { cdr, hold, location }: CdrRecord,
  tariffId: string | undefined,
): Promise<Tariff | undefined> {
  const owner = { country_code: cdr.country_code, party_id: cdr.party_id };
  if (tariffId !== undefined) {
    const named = await tariffs.get({ ...owner, id: tariffId });
    if (!named) throw new RequestRefused(422, `there is no tariff ${tariffId}`, '/tariff_id');
    return named;
  }
  if (hold === undefined || !TARIFF_HOLDS.has(hold)) return undefined;
  const [used] = cdr.tariffs;
  if (used) return tariffs.get({ ...owner, id: used.id });
  // None could be resolved at the start: the connector may have one by now.
  const now = await store.locations.get({ ...owner, id: location.id });
  const evse = now?.evses.find(({ uid }) => uid === cdr.cdr_location.evse_uid);
  const connector = evse?.connectors.find(({ id }) => id === cdr.cdr_location.connector_id);
  return tariffs.applicable(owner, connector?.tariff_ids ?? [], Date.parse(cdr.start_date_time));
}
