import { decideToken } from './authorization/decide.js';
import type { ChargerEdge } from './edges/charger-edge.js';
import type { FrameRecord } from './model/journal.js';
import type { ReservationDesk } from './reservations/reservation-desk.js';
import { type BootPorts, boot } from './stations/boot.js';
import { newPlan } from './stations/plan.js';
import type { Presence } from './stations/presence.js';
import { reportStatus } from './stations/report-status.js';
import { type EventPorts, recordEvent } from './transactions/record-event.js';

/** What chargers are allowed to do, station by station and one thing after another. */
export function createChargerDesk(
  ports: EventPorts &
    BootPorts & {
      presence: Presence;
      reservations: ReservationDesk;
      admit: (attempt: Parameters<ChargerEdge['admit']>[0]) => Awaited<ReturnType<ChargerEdge['admit']>>;
    },
): ChargerEdge {
  const { clock, committer, presence, log } = ports;
  const registry = ports.registry;

  /** Notes the arrival of a frame; every message passes here. */
  function seen(frame: FrameRecord): void {
    const station = registry().peek(frame.stationId);
    if (station) station.lastFrameAt = frame.at;
  }

  return {
    admit: async (attempt) => ports.admit(attempt),
    async connected(connection) {
      await presence.connected(connection);
      await registry().run(connection.stationId, async (station) => ports.orphans.look(station));
    },
    disconnected: (stationId, generation, reason) => presence.disconnected(stationId, generation, reason),
    boot(stationId, report, frame) {
      seen(frame);
      return registry().run(stationId, async (station) => {
        const decision = await boot(ports, station, report, frame);
        ports.orphans.look(station);
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
      return registry().run(stationId, (station) => reportStatus(ports, station, report, frame));
    },
    reportReservation(stationId, report, frame) {
      seen(frame);
      return registry().run(stationId, (station) => ports.reservations.reported(station, report, frame));
    },
    authorize(stationId, request, frame) {
      seen(frame);
      return registry().run(stationId, async (station) => {
        const decision = await decideToken(ports.tokens, station, {
          ...request,
          at: clock.now(),
          now: clock.now(),
          purpose: 'ask',
        });
        await committer.commit(newPlan(stationId, frame));
        return decision.answer;
      });
    },
    recordTransactionEvent(stationId, event, frame) {
      seen(frame);
      return registry().run(stationId, (station) => recordEvent(ports, station, event, frame));
    },
    recordTelemetry(stationId, _telemetry, frame) {
      seen(frame);
      // The frame holds every value; nothing is billed by them.
      return committer.commit(newPlan(stationId, frame));
    },
    journal(frame) {
      seen(frame);
      return committer.commit(newPlan(frame.stationId, frame));
    },
    note: (frame) => committer.note(frame),
    lateResult(stationId, messageId) {
      log.info({ station: stationId, messageId }, 'answer came after its call had timed out');
    },
  };
}
