import type { MeterSample } from '../metering/normalize.js';
import type { EpochMs } from '../roaming/common.js';
import type { RegisterWh } from '../station/identity.js';

/** When energy was first seen to have flowed, and the lowest register until then. */
export interface EnergyFlow {
  lowestWh?: RegisterWh;
  flowedAt?: EpochMs;
}

interface FlowSource {
  samples: readonly MeterSample[];
  meterStartWh?: RegisterWh | undefined;
  flow: EnergyFlow;
}

/**
 * The energy flow of `after`, whose samples are those of `before` and some more: then a vehicle was there, whatever was
 * reported (D2-010). Looks at the new samples only, unless they came late.
 */
export function energyFlow(before: FlowSource, after: Omit<FlowSource, 'flow'>): EnergyFlow {
  const known = before.samples.length;
  const inPlace = known === 0 || after.samples[known - 1] === before.samples[known - 1];
  const sameStart = before.meterStartWh === after.meterStartWh;
  if (!inPlace || !sameStart) return follow({}, after.samples, 0, after.meterStartWh);
  return before.flow.flowedAt !== undefined || after.samples.length === known
    ? before.flow
    : follow(before.flow, after.samples, known, after.meterStartWh);
}

function follow(
  flow: EnergyFlow,
  samples: readonly MeterSample[],
  from: number,
  meterStartWh: RegisterWh | undefined,
): EnergyFlow {
  let lowestWh = flow.lowestWh ?? meterStartWh;
  for (let index = from; index < samples.length; index += 1) {
    const sample = samples[index];
    const wh = sample?.registerWh ?? sample?.netWh;
    if (sample === undefined || wh === undefined) continue;
    if (lowestWh !== undefined && wh > lowestWh) return { lowestWh, flowedAt: sample.at };
    lowestWh = wh;
  }
  return lowestWh === undefined ? {} : { lowestWh };
}
