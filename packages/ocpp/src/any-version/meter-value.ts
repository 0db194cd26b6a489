import type { MeterValue, SampledValue } from '@roambridge/domain';
import type { InboundCall } from '../routing.js';
import { readMoment } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** The samples of one moment. */
export function meterValueOf(
  source: WireObject,
  sampledValues: SampledValue[],
  call: InboundCall,
): MeterValue {
  const { at, rawAt } = readMoment(source, 'timestamp', call);
  return rawAt === undefined ? { at, sampledValues } : { at, rawAt, sampledValues };
}
