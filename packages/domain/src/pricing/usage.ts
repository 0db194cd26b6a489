import type Big from 'big.js';
import type { EpochMs } from '../roaming/common.js';
import type { PriceComponent, Tariff, TariffDimension } from '../roaming/tariff.js';
import { exact, ZERO } from './decimal.js';
import { restrictionsHold, type TariffMoment } from './restriction-match.js';
import type { Slice } from './slices.js';

/** What one component of the tariff priced without interruption. */
export interface Usage {
  component: PriceComponent;
  /** Position of the component's element in the tariff. */
  element: number;
  from: EpochMs;
  to: EpochMs;
  /** Wh, seconds, or 1 for FLAT; what was really used. */
  used: Big;
}

/** What a session used of a tariff, and which components were active, used or not. */
export interface SessionUsage {
  usages: Usage[];
  active: ReadonlySet<PriceComponent>;
}

const MS_PER_SECOND = 1000;

/** How much of a dimension a slice has, in Wh or s; undefined when the dimension does not exist in its phase. */
const USED = {
  ENERGY: ({ energyWh }) => exact(energyWh),
  TIME: ({ phase, from, to }) => (phase === 'CHARGE' ? exact(to - from).div(MS_PER_SECOND) : undefined),
  PARKING_TIME: ({ phase, from, to }) => (phase === 'PARK' ? exact(to - from).div(MS_PER_SECOND) : undefined),
} satisfies Record<Exclude<TariffDimension, 'FLAT'>, (slice: Slice) => Big | undefined>;

const METERED = ['ENERGY', 'TIME', 'PARKING_TIME'] as const;

/**
 * Attributes the slices of a session to the components of the tariff, dimension by dimension (OCPI TA-20,
 * TA-22). FLAT is charged once, by the first component that becomes active.
 */
export function sessionUsage(tariff: Tariff, slices: readonly Slice[]): SessionUsage {
  const usages: Usage[] = [];
  const active = new Set<PriceComponent>();
  const latest = new Map<TariffDimension, Usage>();

  for (const slice of slices) {
    const flat = latest.has('FLAT') ? undefined : activeComponent(tariff, 'FLAT', slice.moment);
    if (flat !== undefined) {
      active.add(flat.component);
      const usage = { ...flat, from: slice.from, to: slice.from, used: exact(1) };
      latest.set('FLAT', usage);
      usages.push(usage);
    }
    for (const dimension of METERED) {
      const used = USED[dimension](slice);
      const choice = used === undefined ? undefined : activeComponent(tariff, dimension, slice.moment);
      if (used === undefined || choice === undefined) continue;
      active.add(choice.component);
      if (!used.gt(ZERO)) continue;
      const before = latest.get(dimension);
      if (before !== undefined && before.component === choice.component && before.to === slice.from) {
        before.to = slice.to;
        before.used = before.used.plus(used);
      } else {
        const usage = { ...choice, from: slice.from, to: slice.to, used };
        latest.set(dimension, usage);
        usages.push(usage);
      }
    }
  }
  return { usages, active };
}

/** OCPI TA-20: the first element that has the dimension and whose restrictions hold. */
function activeComponent(
  { elements }: Tariff,
  dimension: TariffDimension,
  moment: TariffMoment,
): Pick<Usage, 'component' | 'element'> | undefined {
  for (const [element, { price_components, restrictions }] of elements.entries()) {
    const component = price_components.find(({ type }) => type === dimension);
    if (component !== undefined && (restrictions === undefined || restrictionsHold(restrictions, moment))) {
      return { component, element };
    }
  }
  return undefined;
}
