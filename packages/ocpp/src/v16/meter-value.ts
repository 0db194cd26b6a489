import type { MeterValue, SampledValue } from '@roambridge/domain';
import { readTexts } from '../any-version/text-members.js';
import type { InboundCall } from '../routing.js';
import { note, readObjects, readTime } from '../validation/read.js';
import { decimalPoint } from '../validation/repairs.js';
import type { WireObject } from '../wire.js';

const TEXTS = {
  measurand: 'measurand',
  context: 'context',
  phase: 'phase',
  location: 'location',
  unit: 'unit',
  format: 'format',
} as const;

/** Meter values under `name`; undefined when there is no list. Empty samples are skipped. */
export function readMeterValues(
  payload: WireObject,
  name: 'meterValue' | 'transactionData',
  call: InboundCall,
): MeterValue[] | undefined {
  const list = readObjects(payload, name, call);
  if (list === undefined) return undefined;
  const meterValues: MeterValue[] = [];
  for (const item of list) {
    const sampledValues: SampledValue[] = [];
    for (const sample of readObjects(item, 'sampledValue', call) ?? []) {
      const value = readValue(sample, call);
      if (value !== undefined) sampledValues.push({ value, ...readTexts(sample, TEXTS, call) });
    }
    if (sampledValues.length > 0) meterValues.push({ at: readTime(item, 'timestamp', call), sampledValues });
    else note(call, 'EMPTY_VALUE', `/${name}`);
  }
  return meterValues;
}

/** The value as it came but for blanks and a decimal comma; a number is as good as its text. */
function readValue(sample: WireObject, call: InboundCall): string | number | undefined {
  const { value } = sample;
  if (typeof value === 'number') {
    note(call, 'TEXT_AS_NUMBER', '/value');
    return value;
  }
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') {
    note(call, 'EMPTY_VALUE', '/value');
    return undefined;
  }
  const repaired = decimalPoint(text);
  if (repaired !== undefined) note(call, 'DECIMAL_COMMA', '/value');
  return repaired ?? text;
}
