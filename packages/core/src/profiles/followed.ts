import { excessOf, RAMP_MS } from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { askedLimits } from './asked-limits.js';
import { supplyAt } from './charger-profile.js';

/** What became of the look whether a vehicle charges within its limits. */
export type Metered = { kind: 'not-metered' } | { kind: 'within' } | { kind: 'above'; problem: string };

/** D6-040: compares what was metered after the limits were set with them; `from` = when they were set. */
export function meteredAgainst(
  station: StationAggregate,
  open: OpenTransaction,
  { from, nominalVoltageV }: { from: number; nominalVoltageV: number },
): Metered {
  const asked = askedLimits(station, open, nominalVoltageV);
  if (!asked || !open.session) return { kind: 'within' };
  const sample = open.transaction.samples.findLast(
    ({ at, powerW, currentA }) => at >= from + RAMP_MS && (powerW !== undefined || currentA !== undefined),
  );
  if (!sample) return { kind: 'not-metered' };
  const excess = excessOf(sample, asked, supplyAt(open.session, nominalVoltageV));
  if (!excess) return { kind: 'within' };
  const { metered, limit, unit } = excess;
  return {
    kind: 'above',
    problem: `${Math.round(metered * 10) / 10} ${unit} were metered where it accepted a limit of ${limit} ${unit}`,
  };
}

/**
 * D6-040: puts a charger that does not do what it accepted on the attention list, or takes it off. What it says of
 * itself and what its meter says are looked at apart: a member that is absent was not looked at.
 */
export function planFollowed(
  plan: Plan,
  station: StationAggregate,
  open: OpenTransaction,
  found: { applied?: string | null; metered?: string | null },
  now: number,
): void {
  const before = open.profileProblems ?? {};
  const problems = { ...before, ...found };
  const problem = problems.metered ?? problems.applied ?? undefined;
  const known = before.metered ?? before.applied ?? undefined;
  // The same problem with other numbers is no news.
  if ((problem === undefined) === (known === undefined)) {
    open.profileProblems = problems;
    return;
  }
  plan.afterCommit.push(() => {
    open.profileProblems = problems;
  });
  const { id } = station.station;
  const { id: subject, ocppTransactionId } = open.transaction;
  plan.attention.push({
    id: stableId(`${subject}:charging-profile`),
    kind: 'charging-profile-not-followed',
    subject,
    stationId: id,
    message:
      problem === undefined
        ? `${id} follows the charging profile of transaction ${ocppTransactionId}`
        : `${id} does not follow the charging profile of transaction ${ocppTransactionId}: ${problem}`,
    createdAt: now,
    ...(problem === undefined ? { resolvedAt: now } : {}),
  });
}
