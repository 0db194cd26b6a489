import { sessionFacts, type Transaction } from '@roambridge/domain';
import type { TariffBook } from '../catalog/tariff-book.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import type { CoreSettings } from '../settings.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { narrowLocation, snapshotOf } from './narrow-location.js';

/** Decimal places of a cost that is shown to a driver. */
const SHOWN_DECIMALS = 2;

export interface CostPorts {
  clock: Clock;
  log: Log;
  tariffs: TariffBook;
  settings: CoreSettings & { currency: string };
  link: () => StationLink;
}

/** What drivers are shown of the cost of their transaction, at chargers that show it (C-090). */
export interface ShownCost {
  /** The whole cost of a transaction that is over; undefined = nothing is shown. */
  final(station: StationAggregate, transaction: Transaction): Promise<number | undefined>;
  /** Tells the charger the cost so far, not more often than partners are told of progress. */
  running(station: StationAggregate, open: OpenTransaction): void;
}

/** Whether costs are shown at this station at all. */
export function showsCost(
  { displayCost }: Pick<CoreSettings, 'displayCost'>,
  station: StationAggregate | undefined,
): boolean {
  return displayCost !== 'none' && station?.state.showsCost === true;
}

export function createShownCost(ports: CostPorts): ShownCost {
  const { clock, log, settings } = ports;

  /** C-053: what a roaming driver pays is the price of the eMSP, which is not known here. */
  function isShownTo({ grant }: Transaction): boolean {
    if (!grant) return false;
    return (
      settings.displayCost === 'all' || grant.cdrToken === undefined || grant.cdrToken.type === 'AD_HOC_USER'
    );
  }

  async function costOf(station: StationAggregate, transaction: Transaction): Promise<number | undefined> {
    if (!showsCost(settings, station) || !isShownTo(transaction)) return undefined;
    const { evseId, connectorId, activeAt } = transaction;
    const binding = evseId === undefined ? undefined : station.bindings.get(evseId);
    const location = binding && narrowLocation(binding.location, binding.evseUid, connectorId);
    if (!location || activeAt === undefined) return undefined;
    const ids = location.evses[0]?.connectors[0]?.tariff_ids ?? [];
    const tariff = await ports.tariffs.applicable(location, ids, activeAt);
    const { terms } = snapshotOf(location, tariff, settings);
    const { pricing } = sessionFacts(transaction, activeAt, tariff, location.time_zone, terms);
    // Nothing is not free: a cost that is not known is not shown.
    if (pricing?.kind !== 'priced') return undefined;
    const { incl_vat: withTax, excl_vat: withoutTax } = pricing.total_cost;
    return Number(Number(withTax ?? withoutTax).toFixed(SHOWN_DECIMALS));
  }

  async function tell(station: StationAggregate, open: OpenTransaction): Promise<void> {
    const { transaction } = open;
    const totalCost = await costOf(station, transaction);
    // Before anything was taken it is not free, its cost is not known.
    if (totalCost === undefined || totalCost === (open.costTold ?? 0)) return;
    open.costTold = totalCost;
    const { ocppTransactionId, id } = transaction;
    await ports
      .link()
      .call(
        station.station.id,
        { kind: 'cost-updated', ocppTransactionId, totalCost },
        { priority: 4, correlationId: id },
      );
  }

  return {
    final: costOf,
    running(station, open) {
      if (!showsCost(settings, station) || !isShownTo(open.transaction)) return;
      const now = clock.now();
      if (now - (open.costToldAt ?? 0) < settings.sessionPushMinIntervalMs) return;
      open.costToldAt = now;
      tell(station, open).catch((error: unknown) =>
        log.warn({ err: error, station: station.station.id }, 'cost not told'),
      );
    },
  };
}
