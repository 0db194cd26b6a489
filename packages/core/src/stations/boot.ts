import type { BootReport } from '@roambridge/domain';
import type { Committer } from '../committer.js';
import type { BootDecision } from '../edges/charger-edge.js';
import type { Feed } from '../feed.js';
import type { FrameRecord } from '../model/journal.js';
import type { StationState } from '../model/station.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from './aggregate.js';
import type { OwedReports } from './owed-reports.js';
import { newPlan } from './plan.js';
import type { StationRegistry } from './registry.js';

/** intervals are spread so that a fleet does not keep step. */
const INTERVAL_JITTER = 0.1;
/** nothing is sent to a charger right after it booted. */
const QUIET_AFTER_BOOT_MS = 2_000;

export interface BootPorts {
  clock: Clock;
  log: Log;
  feed: Feed;
  committer: Committer;
  settings: CoreSettings;
  owedReports: OwedReports;
  registry: () => StationRegistry;
  link: () => StationLink;
}

/** B-001: takes note of what a charger says of itself, and accepts it. Boot is idempotent. */
export async function boot(
  ports: BootPorts,
  station: StationAggregate,
  report: BootReport,
  frame: FrameRecord,
): Promise<BootDecision> {
  const { clock, settings } = ports;
  const now = clock.now();
  const stationId = station.station.id;
  const { installingSince: _, ...known } = station.state;
  const state: StationState = { ...known, boot: { ...report, at: now, status: 'Accepted' } };
  if (station.connection) state.protocol = station.connection.protocol;
  const plan = newPlan(stationId, frame);
  plan.stationState = state;
  plan.afterCommit.push(() => {
    station.state = state;
  });
  await ports.committer.commit(plan);
  ports.owedReports.afterBoot(station);
  ports.feed.publish('station', { id: stationId }, stationId);
  ports.log.info(
    { station: stationId, vendor: report.vendor, model: report.model, firmware: report.firmwareVersion },
    'station booted',
  );
  const firmware = report.firmwareVersion ?? '';
  if (state.inventoryFor !== firmware) {
    clock.after(QUIET_AFTER_BOOT_MS, () => askForInventory(ports, stationId, firmware));
  }
  const interval = Math.round(
    (settings.heartbeatIntervalMs / 1000) * (1 + INTERVAL_JITTER * spread(stationId)),
  );
  return { status: 'Accepted', currentTime: now, interval };
}

/** C-022: the device model is asked for once per firmware, where the protocol has one. */
function askForInventory(ports: BootPorts, stationId: string, firmware: string): void {
  const requestId = Math.floor(ports.clock.now() / 1000) % 2 ** 31;
  ports
    .link()
    .call(stationId, { kind: 'report-inventory', requestId }, { priority: 4 })
    .then((outcome) => {
      if (outcome.kind !== 'result' && outcome.kind !== 'error' && outcome.kind !== 'not-supported')
        return undefined;
      return ports.registry().run(stationId, async (station) => {
        const state: StationState = { ...station.state, inventoryFor: firmware };
        const plan = newPlan(stationId);
        plan.stationState = state;
        plan.afterCommit.push(() => {
          station.state = state;
        });
        await ports.committer.commit(plan);
      });
    })
    .catch((error: unknown) => ports.log.warn({ err: error, station: stationId }, 'inventory not asked for'));
}

/** A number from -1 to 1 that is always the same for a station. */
function spread(stationId: string): number {
  let hash = 0;
  for (const char of stationId) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 2001;
  return hash / 1000 - 1;
}
