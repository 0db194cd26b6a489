import type { MeterValue, SampledValue, SignedMeterValue } from '@roambridge/domain';
import { meterValueOf } from '../any-version/meter-value.js';
import { readSignedMeterValue } from '../any-version/signed-meter-value.js';
import { readTexts } from '../any-version/text-members.js';
import type { InboundCall } from '../routing.js';
import { note, readObjects, readText } from '../validation/read.js';
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
      if (sample.format === 'SignedData') {
        const signed = readSigned(sample.value);
        // The container is kept apart: it is no number, whatever it holds.
        if (signed) sampledValues.push({ value: '', ...readTexts(sample, TEXTS, call), signed });
        else note(call, 'EMPTY_VALUE', '/value');
        continue;
      }
      const value = readValue(sample, call);
      if (value !== undefined) sampledValues.push(readSample(value, sample, call));
    }
    if (sampledValues.length > 0) meterValues.push(meterValueOf(item, sampledValues, call));
    else note(call, 'EMPTY_VALUE', `/${name}`);
  }
  return meterValues;
}

/** The members one by one: a charger's samples are most of what is read. */
function readSample(value: string | number, sample: WireObject, call: InboundCall): SampledValue {
  const read: SampledValue = { value };
  const measurand = readText(sample, 'measurand', call);
  if (measurand !== undefined) read.measurand = measurand;
  const context = readText(sample, 'context', call);
  if (context !== undefined) read.context = context;
  const phase = readText(sample, 'phase', call);
  if (phase !== undefined) read.phase = phase;
  const location = readText(sample, 'location', call);
  if (location !== undefined) read.location = location;
  const unit = readText(sample, 'unit', call);
  if (unit !== undefined) read.unit = unit;
  const format = readText(sample, 'format', call);
  if (format !== undefined) read.format = format;
  return read;
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

/**
 * A signed value (D3-020): the JSON text of a SignedMeterValue, or the container itself. Not a character of it is
 * changed.
 */
function readSigned(value: unknown): SignedMeterValue | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return readSignedMeterValue(parsed(value)) ?? { data: value, form: 'text' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
