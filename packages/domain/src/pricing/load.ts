import { roundMilli } from '../metering/reading.js';
import type { EpochMs } from '../roaming/common.js';
import type { Tariff, TariffElement } from '../roaming/tariff.js';
import { perTariff } from './per-tariff.js';

/** Bounds between which a momentary value was; both the same where it was read. */
export interface Bounds {
  min: number;
  max: number;
}

/** Power and current of the session for a while; a member is absent where nobody knows it. */
export interface LoadSpan {
  from: EpochMs;
  to: EpochMs;
  powerW?: Bounds;
  /** Sum of the phases. */
  currentA?: Bounds;
}

/** Momentary values as read at one time. */
export interface LoadReading {
  at: EpochMs;
  powerW?: number;
  currentA?: number;
}

/** A point of the register of energy. */
interface EnergyPoint {
  at: EpochMs;
  wh: number;
}

/** A reading tells nothing about a moment that is further from it. */
export const MAX_READING_AGE_MS = 3_600_000;

const MS_PER_HOUR = 3_600_000;
const MS_PER_SECOND = 1000;
const W_PER_KW = 1000;

/** What restrictions on the load ask for (OCPI TA-27): member, quantity, and the size of its unit. */
export const LOAD_RESTRICTIONS = [
  { member: 'min_power', quantity: 'powerW', unit: W_PER_KW },
  { member: 'max_power', quantity: 'powerW', unit: W_PER_KW },
  { member: 'min_current', quantity: 'currentA', unit: 1 },
  { member: 'max_current', quantity: 'currentA', unit: 1 },
] as const;

export type LoadRestriction = (typeof LOAD_RESTRICTIONS)[number];

/**
 * The load of a session as it was metered: a reading counts until the next one, the first one also before it, and
 * none longer than MAX_READING_AGE_MS. Where the power was never read it is the mean between two points of the
 * register; a current is not derived.
 */
export function meteredLoad(input: {
  readings: readonly LoadReading[];
  curve: readonly EnergyPoint[];
  from: EpochMs;
  to: EpochMs;
}): LoadSpan[] {
  const { curve, from, to } = input;
  const readings = [...input.readings].sort((a, b) => a.at - b.at);
  const power = stepsOf(
    readings.flatMap(({ at, powerW }) => (powerW === undefined ? [] : [{ at, value: powerW }])),
    from,
    to,
  );
  const current = stepsOf(
    readings.flatMap(({ at, currentA }) => (currentA === undefined ? [] : [{ at, value: currentA }])),
    from,
    to,
  );
  return overlay(power.length > 0 ? power : meanPower(curve), current);
}

interface Step {
  from: EpochMs;
  to: EpochMs;
  value: number;
}

function stepsOf(values: readonly { at: EpochMs; value: number }[], from: EpochMs, to: EpochMs): Step[] {
  return values.flatMap(({ at, value }, index) => {
    const next = values[index + 1]?.at ?? to;
    const step = {
      from: wholeSecond(index === 0 ? Math.max(from, at - MAX_READING_AGE_MS) : at),
      to: wholeSecond(Math.min(next, at + MAX_READING_AGE_MS)),
      value,
    };
    return step.to > step.from ? [step] : [];
  });
}

function meanPower(curve: readonly EnergyPoint[]): Step[] {
  return curve.flatMap((point, index) => {
    const before = curve[index - 1];
    if (before === undefined || point.at <= before.at) return [];
    const value = roundMilli(((point.wh - before.wh) * MS_PER_HOUR) / (point.at - before.at));
    return [{ from: wholeSecond(before.at), to: wholeSecond(point.at), value }];
  });
}

function overlay(power: readonly Step[], current: readonly Step[]): LoadSpan[] {
  const edges = [...power, ...current].flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b);
  let powerAt = 0;
  let currentAt = 0;
  return edges.flatMap((from, index) => {
    const to = edges[index + 1];
    if (to === undefined || to <= from) return [];
    while ((power[powerAt]?.to ?? to) <= from) powerAt += 1;
    while ((current[currentAt]?.to ?? to) <= from) currentAt += 1;
    const powerW = boundsOf(power[powerAt], from);
    const currentA = boundsOf(current[currentAt], from);
    return powerW || currentA ? [{ from, to, ...(powerW && { powerW }), ...(currentA && { currentA }) }] : [];
  });
}

function boundsOf(step: Step | undefined, at: EpochMs): Bounds | undefined {
  return step !== undefined && step.from <= at ? { min: step.value, max: step.value } : undefined;
}

/** OCPI times are whole seconds, and so are the moments at which prices change (D2-004). */
function wholeSecond(at: EpochMs): EpochMs {
  return Math.floor(at / MS_PER_SECOND) * MS_PER_SECOND;
}

/** The quantities that restrictions of the tariff ask for. */
export const restrictedQuantities = perTariff(
  ({ elements }): ReadonlySet<LoadRestriction['quantity']> =>
    new Set(
      LOAD_RESTRICTIONS.filter(({ member }) =>
        elements.some(({ restrictions }) => restrictions?.[member] !== undefined),
      ).map(({ quantity }) => quantity),
    ),
);

/** Whether any element depends on the momentary power or current. */
export function dependsOnLoad(tariff: Tariff): boolean {
  return restrictedQuantities(tariff).size > 0;
}

/** Whether the value is at least the threshold; undefined when it may be and may not. */
export function reaches(bounds: Bounds | undefined, threshold: number): boolean | undefined {
  if (bounds === undefined) return undefined;
  if (bounds.min >= threshold) return true;
  return bounds.max < threshold ? false : undefined;
}

/** The spans joined wherever no restriction of the elements can tell them apart, so that few cuts are left. */
export function distinctLoad(elements: readonly TariffElement[], load: readonly LoadSpan[]): LoadSpan[] {
  const thresholds = elements.flatMap(({ restrictions }) =>
    LOAD_RESTRICTIONS.flatMap(({ member, quantity, unit }) => {
      const value = restrictions?.[member];
      return value === undefined ? [] : [{ quantity, value: roundMilli(value * unit) }];
    }),
  );
  const alike = (a: LoadSpan, b: LoadSpan): boolean =>
    a.to === b.from &&
    thresholds.every(({ quantity, value }) => reaches(a[quantity], value) === reaches(b[quantity], value));

  const joined: LoadSpan[] = [];
  for (const span of load) {
    const last = joined.at(-1);
    if (last === undefined || !alike(last, span)) {
      joined.push({ ...span });
      continue;
    }
    const powerW = hull([last.powerW, span.powerW]);
    const currentA = hull([last.currentA, span.currentA]);
    const { from } = last;
    joined[joined.length - 1] = {
      from,
      to: span.to,
      ...(powerW && { powerW }),
      ...(currentA && { currentA }),
    };
  }
  return joined;
}

/** The bounds of all; undefined when one of them is not known, or there are none. */
export function hull(all: readonly (Bounds | undefined)[]): Bounds | undefined {
  let bounds: Bounds | undefined;
  for (const each of all) {
    if (each === undefined) return undefined;
    bounds = bounds
      ? { min: Math.min(bounds.min, each.min), max: Math.max(bounds.max, each.max) }
      : { min: each.min, max: each.max };
  }
  return bounds;
}
