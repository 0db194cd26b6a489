import Big from 'big.js';
import { netFedBackWh } from '../metering/net-register.js';
import type { MeterSample } from '../metering/normalize.js';
import type { CdrDimension, CdrDimensionType } from '../roaming/session.js';
import type { TimedPeriod } from './charging-periods.js';
import { kwhVolume } from './period-volumes.js';

const W_PER_KW = 1000;
/** Decimals of volumes (D2-049). */
const DECIMALS = 4;

/**
 * What a running session tells of a period beyond its bill, as far as it was metered in it: mean power in kW and current
 * in A, the vehicle's state of charge in percent, and, where energy may also flow back, both directions in kWh. Never
 * part of a CDR (D2-047).
 */
export function liveDimensions(
  samples: readonly MeterSample[],
  { from, to, energyWh }: Pick<TimedPeriod, 'from' | 'to' | 'energyWh'>,
): CdrDimension[] {
  const within = samples.filter(({ at }) => at > from && at <= to);
  const told = <Key extends keyof MeterSample>(key: Key) =>
    within.flatMap((sample) => (typeof sample[key] === 'number' ? [Number(sample[key])] : []));
  const dimensions: CdrDimension[] = [];
  const add = (type: CdrDimensionType, value: number | undefined, perUnit = 1) => {
    if (value === undefined) return;
    dimensions.push({ type, volume: new Big(value).div(perUnit).round(DECIMALS).toFixed() });
  };
  add('POWER', mean(told('powerW')), W_PER_KW);
  add('CURRENT', mean(told('currentA')));
  add('STATE_OF_CHARGE', told('socPercent').at(-1));
  const exported = told('exportWh');
  const [first] = exported;
  const last = exported.at(-1);
  const metered = first !== undefined && last !== undefined && last >= first ? last - first : undefined;
  const fedBackWh = metered ?? netFedBackWh(samples, { from, to }); // D2-039
  if (fedBackWh !== undefined) {
    dimensions.push({ type: 'ENERGY_IMPORT', volume: kwhVolume(energyWh) });
    dimensions.push({ type: 'ENERGY_EXPORT', volume: kwhVolume(fedBackWh) });
  }
  return dimensions;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
