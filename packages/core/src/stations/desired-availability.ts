import { merged } from '@roambridge/domain';
import type { Committer } from '../committer.js';
import type { DesiredAvailability, StationState } from '../model/station.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { CallOutcome, StationLink, StationRequest } from '../ports/station-link.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from './aggregate.js';
import { newPlan } from './plan.js';
import type { StationRegistry } from './registry.js';

/** Time for a charger to report its connectors after it booted. */
const AFTER_BOOT_MS = 5_000;

/** Answers by which a charger does, or will do, what it was told. */
const TAKEN: ReadonlySet<unknown> = new Set(['Accepted', 'Scheduled']);

export interface AvailabilityPorts {
  clock: Clock;
  log: Log;
  committer: Committer;
  settings: Pick<CoreSettings, 'reassertAvailability'>;
  registry: () => StationRegistry;
  link: () => StationLink;
}

/** What the operator wants to be in operation, remembered beyond a reboot (B-023). */
export interface AvailabilityDesk {
  /** The charger answered a request of the operator; any other than about availability is ignored. */
  answered(stationId: string, request: StationRequest | undefined, outcome: CallOutcome): Promise<void>;
  /** Inside the station's queue, after an accepted boot. */
  afterBoot(station: StationAggregate): void;
}

export function createAvailabilityDesk(ports: AvailabilityPorts): AvailabilityDesk {
  const { clock, log, committer, settings } = ports;

  function reassert(stationId: string, since: number): void {
    const station = ports.registry().peek(stationId);
    if (!station?.connection) return;
    for (const wanted of station.state.desiredAvailability ?? []) {
      if (isSo(station.state, wanted, since)) continue;
      log.info({ station: stationId, ...wanted }, 'availability asserted again');
      ports
        .link()
        .call(stationId, { kind: 'change-availability', ...wanted }, { priority: 4 })
        .catch((error: unknown) => log.warn({ err: error, station: stationId }, 'availability not asserted'));
    }
  }

  return {
    async answered(stationId, request, outcome) {
      if (request?.kind !== 'change-availability' || outcome.kind !== 'result') return;
      if (!TAKEN.has(outcome.payload.status)) return;
      const { kind: _, ...wanted } = request;
      await ports.registry().run(stationId, async (station) => {
        const others = (station.state.desiredAvailability ?? []).filter((one) => !covers(wanted, one));
        const state = merged(station.state, { desiredAvailability: [...others, wanted] });
        const plan = newPlan(stationId);
        plan.stationState = state;
        plan.afterCommit.push(() => {
          station.state = state;
        });
        await committer.commit(plan);
      });
    },
    afterBoot({ station, state }) {
      if (!settings.reassertAvailability || !state.desiredAvailability?.length) return;
      const since = clock.now();
      clock.after(AFTER_BOOT_MS, () => reassert(station.id, since));
    },
  };
}

/** What is said of the whole station replaces what was said of its parts. */
function covers(wanted: DesiredAvailability, other: DesiredAvailability): boolean {
  if (wanted.evseId === 0) return true;
  if (wanted.evseId !== other.evseId) return false;
  return wanted.connectorId === undefined || wanted.connectorId === other.connectorId;
}

/** All that was reported of the place since the boot agrees; nothing reported is no agreement. */
function isSo(
  state: StationState,
  { evseId, connectorId, operative }: DesiredAvailability,
  since: number,
): boolean {
  const reported = state.connectors.filter(
    (connector) =>
      connector.receivedAt >= since &&
      (evseId === 0 || connector.evseId === evseId) &&
      (connectorId === undefined || connector.connectorId === connectorId),
  );
  return reported.length > 0 && reported.every(({ status }) => (status === 'Unavailable') !== operative);
}
