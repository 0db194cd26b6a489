import { type BootReport, merged } from '@roambridge/domain';
import type { Committer } from '../committer.js';
import type { BootDecision } from '../edges/charger-edge.js';
import type { Feed } from '../feed.js';
import type { FrameRecord } from '../model/journal.js';
import type { StationState } from '../model/station.js';
import type { AskedReport } from '../model/station-report.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { InventoryExtent, StationLink } from '../ports/station-link.js';
import type { ReportDesk } from '../reports/report-desk.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from './aggregate.js';
import type { OwedReports } from './owed-reports.js';
import { newPlan } from './plan.js';
import { planProtocolChange } from './protocol-change.js';
import type { StationRegistry } from './registry.js';
import { serialMismatch } from './security/serial-check.js';

/** intervals are spread so that a fleet does not keep step. */
const INTERVAL_JITTER = 0.1;
/** nothing is sent to a charger right after it booted. */
const QUIET_AFTER_BOOT_MS = 2_000;

/** when a charger that was not accepted asks again, s: 30 to 120. */
const RETRY_INTERVAL_S = 75;
const RETRY_SPREAD_S = 45;

export interface BootPorts {
  clock: Clock;
  log: Log;
  feed: Feed;
  committer: Committer;
  settings: CoreSettings;
  owedReports: OwedReports;
  reports: ReportDesk;
  registry: () => StationRegistry;
  link: () => StationLink;
}

const HELD = { pending: 'Pending', rejected: 'Rejected' } as const;

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
  const mismatch = serialMismatch(station, report.serialNumber);
  if (mismatch !== undefined) return turnAway(ports, stationId, mismatch);
  // whose certificate has expired may only have a new one made.
  const expired = (station.connection?.certificate?.validTo ?? Number.POSITIVE_INFINITY) <= now;
  const { registration } = station.station;
  const status = registration === undefined ? (expired ? 'Pending' : 'Accepted') : HELD[registration];
  const { installingSince: _, ...known } = station.state;
  const state: StationState = merged(known, { boot: { at: now, status, ...report } });
  if (station.connection) {
    state.protocol = station.connection.protocol;
    state.lastAddress = station.connection.remoteAddress;
  }
  const plan = newPlan(stationId, frame);
  plan.stationState = state;
  planProtocolChange(plan, known, state, now);
  plan.afterCommit.push(() => {
    station.state = state;
  });
  await ports.committer.commit(plan);
  if (status === 'Accepted') ports.owedReports.afterBoot(station);
  ports.feed.publish('station', { id: stationId }, stationId);
  ports.log.info(
    { station: stationId, vendor: report.vendor, model: report.model, firmware: report.firmwareVersion },
    'station booted',
  );
  if (expired) {
    clock.after(QUIET_AFTER_BOOT_MS, () => askForRenewal(ports, stationId));
  }
  // B02.FR.02, B03.FR.02: it asks again, and is asked nothing.
  if (status !== 'Accepted') return { status, currentTime: now, interval: retryInterval(stationId) };
  const firmware = report.firmwareVersion ?? '';
  const { bootReport } = settings;
  if (state.inventoryFor !== firmware && bootReport !== 'none') {
    clock.after(QUIET_AFTER_BOOT_MS, () => askForInventory(ports, stationId, firmware, bootReport));
  }
  const interval = Math.round(
    (settings.heartbeatIntervalMs / 1000) * (1 + INTERVAL_JITTER * spread(stationId)),
  );
  return { status, currentTime: now, interval };
}

/** B01.FR.12: the connection of a charger that is not the one of its certificate is closed. */
async function turnAway(ports: BootPorts, stationId: string, reason: string): Promise<BootDecision> {
  ports.log.warn({ station: stationId, reason }, 'station turned away');
  ports.link().disconnect(stationId, 'serial number and certificate differ');
  return { status: 'Rejected', currentTime: ports.clock.now(), interval: retryInterval(stationId) };
}

/** When a charger that was not accepted asks again, seconds. */
export function retryInterval(stationId: string): number {
  return Math.round(RETRY_INTERVAL_S + RETRY_SPREAD_S * spread(stationId));
}

function askForRenewal({ link, log }: BootPorts, stationId: string): void {
  link()
    .call(stationId, { kind: 'renew-certificate' }, { priority: 0 })
    .then((outcome) => log.info({ station: stationId, outcome: outcome.kind }, 'renewal asked for'))
    .catch((error: unknown) => log.warn({ err: error, station: stationId }, 'renewal not asked for'));
}

/** C-022: the device model is asked for once per firmware, where the protocol has one. */
function askForInventory(
  ports: BootPorts,
  stationId: string,
  firmware: string,
  extent: InventoryExtent,
): void {
  // Each question has its own number, also within a second.
  const again = extent === 'full' ? 0 : 1;
  const requestId = (Math.floor(ports.clock.now() / 1000) + again) % 2 ** 31;
  const asked: AskedReport = {
    kind: 'inventory',
    requestId,
    action: 'GetBaseReport',
    whole: extent === 'full',
  };
  ports.reports.asked(stationId, asked);
  ports
    .link()
    .call(stationId, { kind: 'report-inventory', requestId, extent }, { priority: 4 })
    .then(async (outcome) => {
      await ports.reports.answered(stationId, asked, outcome);
      if (outcome.kind !== 'result' && outcome.kind !== 'error' && outcome.kind !== 'not-supported')
        return undefined;
      // B07.FR.02: a charger that does not know this report knows the least one.
      if (outcome.kind === 'result' && outcome.payload.status === 'NotSupported' && extent === 'full') {
        return askForInventory(ports, stationId, firmware, 'configuration');
      }
      return ports.registry().run(stationId, async (station) => {
        const state: StationState = merged(station.state, { inventoryFor: firmware });
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
