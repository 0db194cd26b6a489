import type { EpochMs, Transaction } from '@roambridge/domain';
import type { CurvePoint } from '../model/transaction.js';
import type { Store } from '../ports/store.js';
import { rebuildTransaction } from '../settlement/rebuild-transaction.js';
import type { StationRegistry } from '../stations/registry.js';

/** Points of one transaction; a longer one is thinned evenly, and keeps its last point. */
const POINTS_MAX = 1_000;

/** Power and energy of a transaction by what its charger metered, oldest first; undefined = no such transaction. */
export async function transactionCurve(
  { store, registry }: { store: Pick<Store, 'transactions'>; registry: () => StationRegistry },
  id: string,
): Promise<CurvePoint[] | undefined> {
  const record = await store.transactions.get(id);
  if (!record) return undefined;
  const open = registry().peek(record.stationId)?.open.get(record.ocppTransactionId)?.transaction;
  // The one in memory is the newest, and needs no reading; an id of the charger may have come a second time.
  const transaction =
    open?.id === id ? open : rebuildTransaction(record, await store.transactions.events(id));
  return transaction === undefined ? [] : thinned(pointsOf(transaction));
}

type Metered = Pick<Transaction, 'samples' | 'meterStartWh' | 'meterStopWh' | 'startedAt' | 'endedAt'>;

/** Exported for its test. */
export function pointsOf({ samples, meterStartWh, meterStopWh, startedAt, endedAt }: Metered): CurvePoint[] {
  const startWh = meterStartWh ?? samples.find(({ registerWh }) => registerWh !== undefined)?.registerWh;
  // One meter value may have samples of several contexts.
  const points = new Map<EpochMs, CurvePoint>();
  const note = (at: EpochMs, registerWh: number | undefined, powerW: number | undefined) => {
    const energyWh = registerWh === undefined || startWh === undefined ? undefined : registerWh - startWh;
    const known = points.get(at) ?? { at };
    if (powerW !== undefined) known.powerW = powerW;
    if (energyWh !== undefined && energyWh >= 0) known.energyWh = energyWh;
    if (known.powerW !== undefined || known.energyWh !== undefined) points.set(at, known);
  };
  note(startedAt, meterStartWh, undefined);
  for (const { at, registerWh, powerW } of samples) note(at, registerWh, powerW);
  if (endedAt !== undefined) note(endedAt, meterStopWh, undefined);
  return [...points.values()].sort((a, b) => a.at - b.at);
}

/** Exported for its test. */
export function thinned(points: CurvePoint[]): CurvePoint[] {
  const step = Math.ceil(points.length / POINTS_MAX);
  const last = points.length - 1;
  return step <= 1 ? points : points.filter((_point, index) => (last - index) % step === 0);
}
