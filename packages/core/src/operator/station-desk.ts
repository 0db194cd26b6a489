import type { CommandDesk } from '../commands/command-desk.js';
import type { ConfigurationDesk } from '../configuration/configuration-desk.js';
import type { Templates } from '../configuration/templates.js';
import { expectations, wantedOf } from '../configuration/wanted.js';
import { type OperatorEdge, RequestRefused } from '../edges/operator-edge.js';
import type { Feed } from '../feed.js';
import { randomUUID } from '../ids.js';
import type { JobDesk } from '../jobs/job-desk.js';
import type { LocalLists } from '../local-lists/local-lists.js';
import type { Reservation } from '../model/reservation.js';
import type { Station, StationView } from '../model/station.js';
import type { TransactionRecord } from '../model/transaction.js';
import type { Clock } from '../ports/clock.js';
import type { CallOutcome, SchemaViolation, StationLink } from '../ports/station-link.js';
import type { CursorPage, CursorQuery, Store } from '../ports/store.js';
import { type ReportDesk, reportAsOf } from '../reports/report-desk.js';
import type { ReservationDesk } from '../reservations/reservation-desk.js';
import type { Secrets } from '../secrets.js';
import type { CoreSettings } from '../settings.js';
import type { AvailabilityDesk } from '../stations/desired-availability.js';
import type { StationDirectory } from '../stations/directory.js';
import type { OwedReports } from '../stations/owed-reports.js';
import type { Presence } from '../stations/presence.js';
import type { StationRegistry } from '../stations/registry.js';
import type { TurnedAwayBook } from '../stations/unknown/turned-away.js';
import { stationView } from '../stations/view.js';
import type { OrphanWatch } from '../transactions/orphan-watch.js';
import { toRecord } from '../transactions/plan-event.js';
import { createCredentialChanges } from './credential-changes.js';
import { deviceModelPage } from './device-model-page.js';
import { enteredStation } from './entered-station.js';
import { transactionCurve } from './transaction-curve.js';

/** Calls of the operator that change what an EVSE may draw; both OCPP versions call them so. */
const LIMITING: ReadonlySet<string> = new Set(['SetChargingProfile', 'ClearChargingProfile']);

export interface StationDeskPorts {
  store: Store;
  clock: Clock;
  feed: Feed;
  secrets: Secrets;
  settings: CoreSettings;
  directory: StationDirectory;
  orphans: OrphanWatch;
  turnedAway: TurnedAwayBook;
  presence: Presence;
  owedReports: OwedReports;
  reports: ReportDesk;
  localLists: LocalLists;
  reservations: ReservationDesk;
  commands: CommandDesk;
  jobs: JobDesk;
  availability: AvailabilityDesk;
  templates: Templates;
  configurations: ConfigurationDesk;
  registry: () => StationRegistry;
  link: () => StationLink;
}

type StationCalls = Pick<
  OperatorEdge,
  | 'putStation'
  | 'stations'
  | 'station'
  | 'removeStation'
  | 'callStation'
  | 'deviceModel'
  | 'reports'
  | 'report'
  | 'configuration'
  | 'templates'
  | 'putTemplate'
  | 'removeTemplate'
  | 'frames'
  | 'transactions'
  | 'transaction'
  | 'transactionCurve'
  | 'reservations'
>;

/** The operator's view of stations and of what they recorded. */
export function createStationDesk(ports: StationDeskPorts): StationCalls {
  const { store, clock, feed, directory, link } = ports;
  const credentials = createCredentialChanges(ports);

  async function view(station: Station): Promise<StationView> {
    const registry = ports.registry();
    // A station that was not heard of since the start is read from the database once.
    if (!registry.peek(station.id)) await registry.run(station.id, async () => undefined);
    return stationView(station, registry.peek(station.id), clock.now());
  }

  /** An open transaction's energy is in memory, ahead of its row. */
  function live(record: TransactionRecord): TransactionRecord {
    const open = record.open
      ? ports.registry().peek(record.stationId)?.open.get(record.ocppTransactionId)
      : undefined;
    return open ? toRecord(open.transaction, true, open.session?.session.id) : record;
  }

  /** D6-022: the operator's own profiles change what partners were told. */
  async function noteLimits(
    stationId: string,
    action: string,
    outcome: CallOutcome | SchemaViolation,
  ): Promise<void> {
    if (!LIMITING.has(action) || outcome.kind !== 'result' || outcome.payload.status !== 'Accepted') return;
    await ports.registry().run(stationId, async (station) => ports.commands.limitsChanged(station));
  }

  /** The charger may still tell of its use for a moment, but nobody can rely on it any more. */
  function asOfNow(reservation: Reservation): Reservation {
    return reservation.status === 'active' && reservation.expiresAt <= clock.now()
      ? { ...reservation, status: 'expired' }
      : reservation;
  }

  return {
    async putStation(input) {
      const before = directory.find(input.id);
      if (before && before.id !== input.id) {
        //
        throw new RequestRefused(409, `a station ${before.id} exists; ids differ in more than case`, '/id');
      }
      const enter = (current: Station | undefined) => enteredStation(ports, input, current, clock.now());
      const station = enter(before);
      if (before) await directory.change(before.id, enter);
      else await directory.put(station);
      await ports.registry().refresh(station.id);
      if (JSON.stringify(before?.evseGroups) !== JSON.stringify(station.evseGroups)) {
        await ports.registry().run(station.id, (aggregate) => ports.owedReports.regrouped(aggregate));
      }
      ports.turnedAway.forget(station.id);
      //
      if (station.disabled) link().disconnect(station.id, 'station disabled');
      feed.publish('station', { id: station.id }, station.id);
      return { created: before === undefined, station: await view(directory.find(station.id) ?? station) };
    },
    async stations(query) {
      const all = directory.all().sort((a, b) => a.id.localeCompare(b.id));
      const start =
        query.cursor === undefined
          ? 0
          : all.findIndex((station) => station.id.localeCompare(query.cursor ?? '') > 0);
      const page = start < 0 ? [] : all.slice(start, start + query.limit);
      const items = await Promise.all(page.map(view));
      const last = page.at(-1);
      return { items, ...(last && start + query.limit < all.length ? { nextCursor: last.id } : {}) };
    },
    async station(id) {
      const station = directory.find(id);
      return station && view(station);
    },
    async removeStation(id) {
      const station = directory.find(id);
      if (!station) return false;
      link().disconnect(station.id, 'station removed');
      await ports.registry().run(station.id, async (aggregate) => {
        await ports.orphans.endAll(aggregate);
        await ports.presence.away(aggregate);
      });
      const removed = await directory.remove(station.id);
      ports.registry().forget(station.id);
      feed.publish('station', { id: station.id, removed: true }, station.id);
      return removed;
    },
    async callStation(id, action, payload) {
      const station = directory.find(id);
      if (!station) return undefined;
      const request = link().meaningOf(station.id, action, payload);
      const asked = link().reportAsked(station.id, action, payload);
      const offer = await credentials.before(station.id, request);
      if (asked) ports.reports.asked(station.id, asked);
      const work = link().jobOf(station.id, action, payload);
      const job = work && (await ports.jobs.expect(station.id, action, work));
      const outcome = await link().callRaw(station.id, action, payload, { correlationId: randomUUID() });
      if (job) await ports.jobs.answered(job, outcome);
      await credentials.after(offer, outcome);
      if (asked) await ports.reports.answered(station.id, asked, outcome);
      if (outcome.kind === 'invalid') return outcome;
      if (outcome.kind === 'result' && outcome.variables) {
        await ports.reports.learned(station.id, outcome.variables);
      }
      if (outcome.kind === 'result' && outcome.configuration) {
        await ports.configurations.learned(station.id, outcome.configuration);
      }
      if (
        request?.kind === 'forget-customer' &&
        outcome.kind === 'result' &&
        outcome.payload.status === 'Accepted'
      ) {
        ports.localLists.forget(station.id, request.idToken.idToken);
      }
      await ports.availability.answered(station.id, request, outcome);
      await ports.reservations.answered(station.id, request, outcome);
      await noteLimits(station.id, action, outcome);
      return outcome;
    },
    async deviceModel(query) {
      const station = directory.find(query.stationId);
      if (!station) return undefined;
      const wanted = wantedOf(station, await ports.templates.all());
      return deviceModelPage(await store.deviceModels.get(station.id), query, wanted);
    },
    async reports(query) {
      const station = directory.find(query.stationId);
      if (!station) return undefined;
      const page = await store.reports.page({ ...query, stationId: station.id });
      return { ...page, items: page.items.map((report) => reportAsOf(report, clock.now())) };
    },
    async report(stationId, id) {
      const station = directory.find(stationId);
      const report = station && (await store.reports.get(station.id, id));
      return report && reportAsOf(report, clock.now());
    },
    async configuration(id) {
      const station = directory.find(id);
      if (!station) return undefined;
      const told = await store.stationConfigurations.get(station.id);
      if (!told) return 'not-read';
      const wanted = wantedOf(station, await ports.templates.all());
      return { ...told, expectations: expectations(wanted, told.values) };
    },
    templates: async () =>
      [...(await ports.templates.all())].map(([name, configuration]) => ({ name, configuration })),
    putTemplate: (name, configuration) => ports.templates.put(name, configuration),
    removeTemplate: (name) => ports.templates.remove(name),
    async frames(query) {
      const station = directory.find(query.stationId);
      return station && store.frames.page({ ...query, stationId: station.id });
    },
    async transactions(
      query: CursorQuery & { stationId?: string; open?: boolean },
    ): Promise<CursorPage<TransactionRecord>> {
      const page = await store.transactions.list(query);
      return { ...page, items: page.items.map(live) };
    },
    async reservations(query) {
      const { stationId, ...page } = query;
      //
      const id = stationId === undefined ? undefined : (directory.find(stationId)?.id ?? stationId);
      const found = await store.reservations.page({
        ...page,
        ...(id === undefined ? {} : { stationId: id }),
      });
      return { ...found, items: found.items.map(asOfNow) };
    },
    async transaction(id) {
      const record = await store.transactions.get(id);
      return record && live(record);
    },
    transactionCurve: (id) => transactionCurve(ports, id),
  };
}
