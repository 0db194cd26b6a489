import { evseStatus, type Transaction } from '@roambridge/domain';
import type { StatusGate } from '../delivery/status-gate.js';
import type { StationState } from '../model/station.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import { reservationsAfter } from '../reservations/plan-reservation.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from './aggregate.js';
import type { Plan } from './plan.js';
import { statusInput } from './status-input.js';

/** What the status of an EVSE depends on, as it will be after the fact. */
export interface StatusFacts {
  state: StationState;
  offline: boolean;
  /** The open transaction on an EVSE, if any. */
  transactionOn(evseId: number): Transaction | undefined;
}

export interface StatusPorts {
  partners: PartnerDirectory;
  clock: Clock;
  settings: CoreSettings;
  gate: StatusGate;
}

/** The facts as they are now, with what a plan changes put over them. */
export function statusFacts(station: StationAggregate, changes: Partial<StatusFacts> = {}): StatusFacts {
  return {
    state: changes.state ?? station.state,
    offline: changes.offline ?? station.offline,
    transactionOn:
      changes.transactionOn ??
      ((evseId) => {
        for (const { transaction } of station.open.values())
          if (transaction.evseId === evseId && transaction.endedAt === undefined) return transaction;
        return undefined;
      }),
  };
}

/** D1: publishes the status of the given EVSEs where it changed, to every partner that sees the location. */
export function publishStatus(
  plan: Plan,
  station: StationAggregate,
  evseIds: Iterable<number>,
  facts: StatusFacts,
  ports: StatusPorts,
): void {
  const now = ports.clock.now();
  const { settings, gate } = ports;
  const reservations = reservationsAfter(plan, station);
  for (const evseId of evseIds) {
    const binding = station.bindings.get(evseId);
    if (!binding) continue;
    const transaction = facts.transactionOn(evseId);
    const unknown = facts.offline || (station.unheard.has(evseId) && !plan.heard.has(evseId));
    const status = evseStatus(
      statusInput({
        evseId,
        now,
        published: binding.status,
        state: facts.state,
        offline: unknown && !(settings.offlineKeepCharging && transaction),
        ...(station.longOffline ? { offlineAs: 'INOPERATIVE' as const } : {}),
        transaction,
        reservations,
      }),
    );
    const { country_code, party_id, id } = binding.location;
    const key = `${country_code}/${party_id}/${id}/${binding.evseUid}`;
    // D1-030: a start is told at once, also when the change that came with it still waits.
    const urgent = status === 'CHARGING' && transaction !== undefined;
    const isChange = status !== binding.status;
    if (!isChange && !(urgent && gate.notBefore(key) > now)) continue;
    // D1-023: strictly increasing, the gateway's own clock.
    const lastUpdated = isChange ? Math.max(now, binding.lastUpdated + 1) : binding.lastUpdated;
    if (isChange) plan.evseStatuses.push({ stationId: station.station.id, evseId, status, lastUpdated });
    const steadyAt = plan.flapping.get(evseId) ?? station.flapping.get(evseId);
    const release = gate.release(key, now, urgent ? 'now' : steadyAt);
    for (const partner of ports.partners.audienceOf(binding.location)) {
      plan.dirty.push({
        partnerId: partner.id,
        kind: 'evse',
        key,
        dueAt: Math.max(now + settings.pushLingerMs, release.at),
        minIntervalMs: release.minIntervalMs,
      });
    }
    plan.afterCommit.push(() => {
      gate.set(key, release.at);
      binding.status = status;
      binding.lastUpdated = lastUpdated;
    });
  }
}
