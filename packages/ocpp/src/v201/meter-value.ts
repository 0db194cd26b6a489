import type { MeterValue, SampledValue } from '@roambridge/domain';
import { meterValueOf } from '../any-version/meter-value.js';
import { readSignedMeterValue } from '../any-version/signed-meter-value.js';
import { readTexts } from '../any-version/text-members.js';
import type { InboundCall } from '../routing.js';
import { note, readInteger, readNumber, readObject, readObjects, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

const TEXTS = { measurand: 'measurand', context: 'context', phase: 'phase', location: 'location' } as const;

/** The meter values of a message; undefined when there is no list. Empty samples are skipped. */
export function readMeterValues(payload: WireObject, call: InboundCall): MeterValue[] | undefined {
  const list = readObjects(payload, 'meterValue', call);
  if (list === undefined) return undefined;
  const meterValues: MeterValue[] = [];
  for (const item of list) {
    const sampledValues: SampledValue[] = [];
    for (const sample of readObjects(item, 'sampledValue', call) ?? []) {
      const sampledValue = readSampledValue(sample, call);
      if (sampledValue !== undefined) sampledValues.push(sampledValue);
    }
    if (sampledValues.length > 0) meterValues.push(meterValueOf(item, sampledValues, call));
    else note(call, 'EMPTY_VALUE', '/meterValue');
  }
  return meterValues;
}

function readSampledValue(sample: WireObject, call: InboundCall): SampledValue | undefined {
  const value = readNumber(sample, 'value', call);
  const signed = readSignedMeterValue(sample.signedMeterValue);
  if (value === undefined && signed !== undefined) {
    return { value: '', format: 'SignedData', ...readTexts(sample, TEXTS, call), signed };
  }
  if (value === undefined) {
    note(call, 'EMPTY_VALUE', '/value');
    return undefined;
  }
  // The members one by one: a charger's samples are most of what is read.
  const sampledValue: SampledValue = { value };
  const measurand = readText(sample, 'measurand', call);
  if (measurand !== undefined) sampledValue.measurand = measurand;
  const context = readText(sample, 'context', call);
  if (context !== undefined) sampledValue.context = context;
  const phase = readText(sample, 'phase', call);
  if (phase !== undefined) sampledValue.phase = phase;
  const location = readText(sample, 'location', call);
  if (location !== undefined) sampledValue.location = location;
  const measure = readObject(sample, 'unitOfMeasure', call);
  if (measure !== undefined) {
    const multiplier = readInteger(measure, 'multiplier', call);
    if (multiplier !== undefined) sampledValue.multiplier = multiplier;
    const unit = readText(measure, 'unit', call);
    if (unit !== undefined) sampledValue.unit = unit;
  }
  if (signed !== undefined) sampledValue.signed = signed;
  return sampledValue;
}
