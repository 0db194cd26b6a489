import { refusedContract, withGoodContract } from './authorization/contract.js';
import type { TokenQuestion } from './authorization/decision.js';
import { questionOf } from './authorization/event-question.js';
import type { Background } from './background.js';
import type { CertificateDesk } from './certificates/certificate-desk.js';
import type { ContractDesk } from './certificates/contract-desk.js';
import type { CommandDesk } from './commands/command-desk.js';
import type { ConfigurationDesk } from './configuration/configuration-desk.js';
import type { ChargerEdge } from './edges/charger-edge.js';
import { stableId } from './ids.js';
import type { JobDesk } from './jobs/job-desk.js';
import type { LocalLists } from './local-lists/local-lists.js';
import type { FrameRecord } from './model/journal.js';
import type { VehicleDesk } from './profiles/vehicle-desk.js';
import type { ReportDesk } from './reports/report-desk.js';
import type { ReservationDesk } from './reservations/reservation-desk.js';
import { planSecurityEvent } from './security/plan-security-event.js';
import { type BootPorts, boot, retryInterval } from './stations/boot.js';
import type { AvailabilityDesk } from './stations/desired-availability.js';
import type { StationDirectory } from './stations/directory.js';
import { planNotUnderstood } from './stations/not-understood.js';
import { newPlan } from './stations/plan.js';
import { planInstalling } from './stations/plan-installing.js';
import type { Presence } from './stations/presence.js';
import { readingOf } from './stations/reading.js';
import { reportStatus } from './stations/report-status.js';
import { suggestQuirk } from './stations/suggest-quirk.js';
import type { TurnedAwayBook } from './stations/unknown/turned-away.js';
import { UnknownStation } from './stations/unknown-station.js';
import type { EventPorts } from './transactions/event-ports.js';
import { recordEvent } from './transactions/record-event.js';
import { showsCost } from './transactions/shown-cost.js';
import type { VendorMessages } from './vendor-messages.js';

/** What chargers are allowed to do, station by station and one thing after another. */
export function createChargerDesk(
  ports: EventPorts &
    BootPorts & {
      presence: Presence;
      localLists: LocalLists;
      directory: StationDirectory;
      reports: ReportDesk;
      turnedAway: TurnedAwayBook;
      background: Background;
      reservations: ReservationDesk;
      commands: CommandDesk;
      jobs: JobDesk;
      configurations: ConfigurationDesk;
      availability: AvailabilityDesk;
      certificates: CertificateDesk;
      contracts: ContractDesk;
      vehicles: VehicleDesk;
      vendorMessages: VendorMessages;
      admit: (attempt: Parameters<ChargerEdge['admit']>[0]) => Awaited<ReturnType<ChargerEdge['admit']>>;
    },
): ChargerEdge {
  const { authorizer, clock, committer, presence, log } = ports;
  const registry = ports.registry;

  /** Notes the arrival of a frame; every message passes here. */
  function seen(frame: FrameRecord): void {
    const station = registry().peek(frame.stationId);
    if (station) station.lastFrameAt = frame.at;
  }

  return {
    admit: async (attempt) => ports.admit(attempt),
    refused(attempt, reason) {
      const station = ports.directory.find(attempt.identity);
      ports.turnedAway.note(attempt, { state: 'refused', reason, station });
    },
    attend(what) {
      const plan = newPlan(what.stationId ?? '');
      const id = stableId(`${what.kind}:${what.subject}`);
      plan.attention.push({ ...what, id, createdAt: clock.now() });
      ports.background.persist(() => committer.commit(plan), 'attention not kept', { kind: what.kind });
    },
    quarantinedBoot(identity, report) {
      ports.turnedAway.booted(identity, report);
      return { status: 'Pending', currentTime: clock.now(), interval: retryInterval(identity) };
    },
    async connected(connection) {
      await presence.connected(connection);
      await registry().run(connection.stationId, async (station) => {
        ports.orphans.look(station);
        ports.commands.chargerBack(station);
      });
      ports.localLists.connected(connection.stationId);
    },
    disconnected: (stationId, generation, reason) => presence.disconnected(stationId, generation, reason),
    boot(stationId, report, frame) {
      seen(frame);
      return registry().run(stationId, async (station) => {
        const decision = await boot(ports, station, report, frame);
        ports.orphans.look(station);
        ports.commands.chargerBack(station);
        if (decision.status === 'Accepted') {
          ports.configurations.afterBoot(station);
          ports.availability.afterBoot(station);
        }
        ports.localLists.connected(stationId);
        return decision;
      });
    },
    bootStatus: (stationId) => registry().peek(stationId)?.state.boot?.status,
    heartbeat(stationId, frame) {
      seen(frame);
      const station = registry().peek(stationId);
      if (station) station.lastHeartbeatAt = frame.at;
      return clock.now();
    },
    reportStatus(stationId, report, frame) {
      seen(frame);
      return registry().run(stationId, (station) => reportStatus(ports, station, [report], frame));
    },
    reportAvailability(stationId, reports, frame) {
      seen(frame);
      return registry().run(stationId, (station) => reportStatus(ports, station, reports, frame));
    },
    reportJob(stationId, { installing, ...report }, frame) {
      seen(frame);
      return registry().run(stationId, async (station) => {
        const plan = newPlan(stationId, frame);
        await ports.jobs.planReport(plan, report);
        if (installing !== undefined) planInstalling(plan, station, installing, ports);
        await committer.commit(plan);
      });
    },
    reportSecurityEvent(stationId, report, frame) {
      seen(frame);
      const plan = newPlan(stationId, frame);
      planSecurityEvent(plan, report, clock.now());
      return committer.commit(plan);
    },
    requestCertificate(stationId, request, frame) {
      seen(frame);
      return ports.certificates.request(stationId, request, frame);
    },
    async transferData(stationId, message, frame) {
      seen(frame);
      await committer.commit(newPlan(stationId, frame));
      return ports.vendorMessages.answer(stationId, message);
    },
    reportPart(stationId, part, frame) {
      seen(frame);
      return registry().run(stationId, (station) => ports.reports.reported(station, part, frame));
    },
    suggestQuirk: (stationId, quirk, reason) => suggestQuirk(ports, stationId, quirk, reason),
    reading: (stationId) => readingOf(ports.directory.find(stationId), registry().peek(stationId)),
    reportReservation(stationId, report, frame) {
      seen(frame);
      return registry().run(stationId, (station) => ports.reservations.reported(station, report, frame));
    },
    async authorize(stationId, { contract, ...request }, frame) {
      seen(frame);
      const question = (): TokenQuestion => ({
        ...request,
        at: clock.now(),
        now: clock.now(),
        purpose: 'ask',
      });
      try {
        const verdict = contract && (await ports.link().checkContract(contract));
        if (verdict !== undefined && verdict !== 'good') {
          await committer.commit(newPlan(stationId, frame));
          return refusedContract(verdict, clock.now());
        }
        await authorizer.prepare(stationId, question());
        return await registry().run(stationId, async (station) => {
          const decision = await authorizer.decide(station, question());
          await committer.commit(newPlan(stationId, frame));
          return contract ? withGoodContract(decision.answer) : decision.answer;
        });
      } catch (error) {
        if (error instanceof UnknownStation) throw error;
        // D4-030: nothing is billed by an Authorize, and a driver stands there.
        log.error({ err: error, station: stationId }, 'authorized without the database');
        return authorizer.inEmergency(question()).answer;
      }
    },
    showsCost: (stationId) => showsCost(ports.settings, registry().peek(stationId)),
    vehicleNeeds(stationId, needs, frame) {
      seen(frame);
      return registry().run(stationId, (station) => ports.vehicles.needs(station, needs, frame));
    },
    vehicleSchedule(stationId, schedule, frame) {
      seen(frame);
      return registry().run(stationId, async (station) => {
        await committer.commit(newPlan(stationId, frame));
        ports.commands.limitsChanged(station, schedule.evseId);
        return ports.vehicles.keepsLimit(station, schedule);
      });
    },
    evCertificate(request, frame) {
      seen(frame);
      return ports.contracts.evCertificate(request, frame);
    },
    certificateStatus(hash, frame) {
      seen(frame);
      return ports.contracts.certificateStatus(hash, frame);
    },
    recordTransactionEvent(stationId, event, frame) {
      seen(frame);
      const record = () => registry().run(stationId, (station) => recordEvent(ports, station, event, frame));
      const { idToken } = event;
      if (!idToken || event.eventType === 'Ended') return record();
      // the answer about a token waits for its eMSP, RTA_TIMEOUT at most; nothing else of the station does.
      const transaction = registry()
        .peek(stationId)
        ?.open.get(event.ocppTransactionId ?? '')?.transaction;
      const question = questionOf(event, idToken, transaction, clock.now());
      return authorizer.prepare(stationId, question).then(record);
    },
    recordTelemetry(stationId, _telemetry, frame) {
      seen(frame);
      // The frame holds every value; nothing is billed by them.
      return committer.commit(newPlan(stationId, frame));
    },
    answerNotUnderstood(stationId, fault, frame) {
      seen(frame);
      return committer.commit(planNotUnderstood(stationId, fault, frame, clock.now()));
    },
    journal(frame) {
      seen(frame);
      return committer.commit(newPlan(frame.stationId, frame));
    },
    note: (frame) => committer.note(frame),
    async chargingLimitChanged(stationId, evseId, frame) {
      seen(frame);
      await registry().run(stationId, async (station) => {
        await committer.commit(newPlan(stationId, frame));
        ports.commands.limitsChanged(station, evseId);
      });
    },
    lateResult(stationId, messageId, payload) {
      ports.commands.lateResult(stationId, messageId, payload);
      log.info({ station: stationId, messageId }, 'answer came after its call had timed out');
    },
  };
}
