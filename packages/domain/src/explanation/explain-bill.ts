import Big from 'big.js';
import { roundMilli } from '../metering/reading.js';
import type { PriceLine } from '../pricing/pricing.js';
import type { ChargingPeriod } from '../roaming/session.js';
import { toChargingPeriods } from '../session/charging-periods.js';
import type { SessionFacts } from '../settlement/session-facts.js';
import {
  meterReadings,
  type RecordedEvent,
  type RegisterEvidence,
  registerEvidence,
  type StateEvidence,
  stateReports,
} from './meter-evidence.js';

/** One line of a bill with what it goes back to. */
export interface ExplainedLine {
  line: PriceLine;
  /** Place in the tariff: of the price, or of the limit. */
  member?: string;
  /** Positions of the charging periods that it bills. */
  periods: number[];
  begin?: RegisterEvidence;
  end?: RegisterEvidence;
  /** What told that charging or parking began or ended at the ends of the line. */
  states: StateEvidence[];
}

export interface ExplainedBill {
  lines: ExplainedLine[];
  periods: ChargingPeriod[];
  /** Sum of the lines. */
  sum: string;
}

const LIMIT_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['MIN_PRICE', 'min_price'],
  ['MAX_PRICE', 'max_price'],
]);

const SECOND_MS = 1000;

/** Leads every line of a priced session back to the tariff, the periods and the events that it comes from. */
export function explainBill(
  facts: SessionFacts,
  lines: readonly PriceLine[],
  events: readonly RecordedEvent[],
): ExplainedBill {
  const readings = meterReadings(events);
  const edges = registerEdges(facts);
  const states = stateReports(events);
  const explained = lines.map((line): ExplainedLine => {
    const from = Date.parse(line.from);
    const to = Date.parse(line.to);
    const evidence = (at: number, side: 'begin' | 'end') => {
      const found = registerEvidence(at, facts.curve, readings, facts, side);
      return found && { ...found, wh: edges.get(at) ?? found.wh };
    };
    const begin = evidence(from, 'begin');
    const end = evidence(to, 'end');
    const member = memberOf(line);
    return {
      line,
      periods: periodsOf(line, facts),
      states: states.filter(({ at }) => within(at, from) || within(at, to)),
      ...(member === undefined ? {} : { member }),
      ...(begin ? { begin } : {}),
      ...(end ? { end } : {}),
    };
  });
  const sum = lines.reduce((total, line) => total.plus(line.amount_excl_vat), new Big(0));
  const periods = [...toChargingPeriods(facts.reservationPeriods), ...toChargingPeriods(facts.periods)];
  return { lines: explained, periods, sum: sum.toFixed() };
}

/** The register at the edges of the periods, as their energies have it. */
function registerEdges({ curve, periods }: SessionFacts): ReadonlyMap<number, number> {
  const edges = new Map<number, number>();
  const [start] = curve;
  if (start === undefined) return edges;
  let wh = start.wh;
  for (const { from, to, energyWh } of periods) {
    edges.set(from, wh);
    wh = roundMilli(wh + energyWh);
    edges.set(to, wh);
  }
  return edges;
}

function within(at: number, second: number): boolean {
  return at >= second && at - second < SECOND_MS;
}

function memberOf({ dimension, element, component }: PriceLine): string | undefined {
  if (element === undefined) return LIMIT_MEMBERS.get(dimension);
  return component === undefined
    ? `elements/${element}`
    : `elements/${element}/price_components/${component}`;
}

/** The periods that a line bills; what was done to the total concerns all of them. */
function periodsOf({ periods }: PriceLine, facts: SessionFacts): number[] {
  if (periods.length > 0) return periods;
  return [...facts.reservationPeriods, ...facts.periods].map((_, index) => index);
}
