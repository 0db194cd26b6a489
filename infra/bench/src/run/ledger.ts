import { setTimeout as delay } from 'node:timers/promises';
import type { PartnerCounts } from '../partner/messages.js';
import { itemsOf, type OperatorClient } from '../servers/operator-client.js';

/** How long the partner may take to be told everything after the load. */
const DRAIN_LIMIT_MS = 120_000;
const POLL_MS = 250;
const PAGE = 500;

/** Sessions of the generator compared with what the gateway stored and the partner received. */
export interface Ledger {
  sessionsEnded: number;
  cdrsStored: number;
  cdrsHeld: number;
  cdrsTold: number;
  sessionsToldCompleted: number;
  /** What is wrong, one line each; empty when nothing was lost. */
  losses: string[];
  /** What the partner found against OCPI. */
  findings: number;
}

/** Waits until no delivery is due any more. @returns seconds. Rejects after {@link DRAIN_LIMIT_MS}. */
export async function untilNothingPending(operator: OperatorClient): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const pending = itemsOf(await operator.get('/deliveries?state=pending&limit=1'));
    const elapsed = performance.now() - begun;
    if (pending.length === 0) return elapsed / 1_000;
    if (elapsed > DRAIN_LIMIT_MS) {
      throw new Error(`deliveries are still pending ${DRAIN_LIMIT_MS / 1_000} s after the load`);
    }
    await delay(POLL_MS);
  }
}

/** Counts every CDR of the gateway through the operator API. */
export async function compareLedgers(
  operator: OperatorClient,
  sessionsEnded: number,
  partner: PartnerCounts,
): Promise<Ledger> {
  const { stored, held } = await countCdrs(operator);
  const losses: string[] = [];
  const compare = (what: string, found: number, expected: number) => {
    if (found !== expected) losses.push(`${what}: ${found}, but ${expected} sessions were ended`);
  };
  compare('CDRs at the gateway', stored, sessionsEnded);
  compare('CDRs at the partner', partner.cdrs, sessionsEnded);
  compare('COMPLETED sessions at the partner', partner.sessionsCompleted, sessionsEnded);
  if (held > 0) losses.push(`${held} CDRs are held`);
  if (partner.findings > 0) {
    losses.push(`the partner objects ${partner.findings} times, first: ${partner.firstFinding}`);
  }
  const odd = oddFrames(await operator.metrics());
  if (odd > 0)
    losses.push(`the gateway objected to ${odd} frames: the generator sends what the schemas forbid`);
  return {
    sessionsEnded,
    cdrsStored: stored,
    cdrsHeld: held,
    cdrsTold: partner.cdrs,
    sessionsToldCompleted: partner.sessionsCompleted,
    losses,
    findings: partner.findings,
  };
}

const ODD_FRAMES = /^roambridge_ocpp_frames_total\{[^}]*verdict="(?!ok")[^}]*\} (\d+)/gm;

/** Frames that the gateway repaired, quarantined or refused. */
function oddFrames(metrics: string): number {
  return [...metrics.matchAll(ODD_FRAMES)].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function countCdrs(operator: OperatorClient): Promise<{ stored: number; held: number }> {
  const ids = new Set<string>();
  let held = 0;
  let cursor = '';
  do {
    const page = await operator.get(
      `/cdrs?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const item of itemsOf(page)) {
      if (typeof item !== 'object' || item === null) continue;
      ids.add(String(Reflect.get(item, 'id')));
      if ('hold' in item) held += 1;
    }
    cursor = typeof page.next_cursor === 'string' ? page.next_cursor : '';
  } while (cursor !== '');
  return { stored: ids.size, held };
}
