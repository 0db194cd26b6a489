import type { Store } from '@roambridge/core';
import type { Metered } from './messages.js';

const PAGE = 500;

export interface Audit {
  /** Departures, one line each; empty = every Wh is billed once. */
  faults: string[];
  transactions: number;
  cdrs: number;
  held: number;
  credits: number;
  energyWh: number;
}

/** Holds all CDRs against what the chargers metered: to the Wh, none lost, none doubled. */
export async function audit(
  store: Store,
  ledger: readonly Metered[],
  takenCdrs: readonly string[],
): Promise<Audit> {
  const faults: string[] = [];
  const billed = await billedWh(store);
  const recorded = new Map<string, string>();
  for await (const { id, ocppTransactionId, stationId, sessionId, open, energyWh } of all((page) =>
    store.transactions.list(page),
  )) {
    const key = `${stationId} ${ocppTransactionId}`;
    if (open) faults.push(`${key} is still open`);
    if (sessionId === undefined) faults.push(`${key} (${id}, ${energyWh} Wh) has no session`);
    if (recorded.has(key)) faults.push(`${key} is recorded twice`);
    recorded.set(key, id);
  }
  const known = new Set<string>();
  let energyWh = 0;
  for (const { charger, ocppId, startWh, endWh } of ledger) {
    const key = `${charger} ${ocppId}`;
    const metered = (endWh ?? Number.NaN) - startWh;
    energyWh += metered;
    known.add(key);
    const bills = billed.byTransaction.get(recorded.get(key) ?? '') ?? [];
    const [bill, ...others] = bills;
    if (bill === undefined) faults.push(`${key}: ${metered} Wh were metered and never billed`);
    else if (others.length > 0) faults.push(`${key}: billed ${bills.length} times`);
    else if (bill.energyWh !== metered)
      faults.push(`${key}: ${bill.energyWh} Wh are billed and ${metered} Wh were metered`);
  }
  for (const key of recorded.keys()) if (!known.has(key)) faults.push(`${key} was never metered`);
  const taken = new Set(takenCdrs);
  for (const { id, held } of billed.cdrs) {
    if (!held && !taken.has(id)) faults.push(`CDR ${id} was not told`);
    taken.delete(id);
  }
  for (const id of taken) faults.push(`CDR ${id} was told and is not stored`);
  return {
    faults,
    transactions: ledger.length,
    cdrs: billed.cdrs.length,
    held: billed.cdrs.filter(({ held }) => held).length,
    credits: billed.credits,
    energyWh,
  };
}

/** CDRs that count: those that were not taken back. */
async function billedWh(store: Store) {
  const records = [];
  for await (const record of all((page) => store.cdrs.page(page))) records.push(record);
  const takenBack = new Set(records.flatMap(({ cdr }) => cdr.credit_reference_id ?? []));
  const byTransaction = new Map<string, { id: string; energyWh: number }[]>();
  for (const { cdr, transactionId } of records) {
    if (cdr.credit_reference_id !== undefined || takenBack.has(cdr.id)) continue;
    const bills = byTransaction.get(transactionId) ?? [];
    bills.push({ id: cdr.id, energyWh: Math.round(Number(cdr.total_energy) * 10_000) / 10 });
    byTransaction.set(transactionId, bills);
  }
  return {
    byTransaction,
    credits: takenBack.size,
    cdrs: records.map(({ cdr, hold }) => ({ id: cdr.id, held: hold !== undefined })),
  };
}

async function* all<T>(
  page: (query: { limit: number; cursor?: string }) => Promise<{ items: T[]; nextCursor?: string }>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield* items;
    cursor = nextCursor;
  } while (cursor !== undefined);
}
