import type { MeterSample } from '../metering/normalize.js';
import type { SeqRange, StateReport } from './transaction.js';

// What a transaction keeps in order of time is nearly always appended to: that costs one copy of the list, and only
// what comes late is sorted in.

/**
 * The samples with `added` among them, ascending in time; those of one moment in the order of arrival (D2-027). A
 * reading that was told before is not another reading: a drop-out that is told twice is no reset (D2-053).
 */
export function withSamples(
  samples: readonly MeterSample[],
  added: readonly MeterSample[],
): readonly MeterSample[] {
  const news = added.filter((sample) => !isKnown(samples, sample));
  if (news.length === 0) return samples;
  const all = [...samples, ...news];
  let previousAt = samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  for (const { at } of news) {
    if (at < previousAt) return all.sort((a, b) => a.at - b.at);
    previousAt = at;
  }
  return all;
}

/** Looks back no further than the moment of the sample. */
function isKnown(samples: readonly MeterSample[], sample: MeterSample): boolean {
  for (let index = samples.length - 1; index >= 0; index -= 1) {
    const known = samples[index];
    if (known === undefined || known.at < sample.at) return false;
    if (known.at === sample.at && isSameReading(known, sample)) return true;
  }
  return false;
}

function isSameReading(a: MeterSample, b: MeterSample): boolean {
  return (
    a.context === b.context &&
    a.registerWh === b.registerWh &&
    a.netWh === b.netWh &&
    a.intervalWh === b.intervalWh &&
    a.exportWh === b.exportWh &&
    a.powerW === b.powerW &&
    a.currentA === b.currentA &&
    a.socPercent === b.socPercent
  );
}

/** The reports with one more, ascending in time; those of one moment by their sequence numbers (D2-071). */
export function withState(states: readonly StateReport[], added: StateReport): readonly StateReport[] {
  const last = states.at(-1);
  const all = [...states, added];
  return last === undefined || inOrder(last, added) <= 0 ? all : all.sort(inOrder);
}

function inOrder(a: StateReport, b: StateReport): number {
  if (a.at !== b.at || a.seqNo === undefined || b.seqNo === undefined) return a.at - b.at;
  return a.seqNo - b.seqNo;
}

/** The ranges with one more number. */
export function withSeqNo(ranges: readonly SeqRange[], seqNo: number): readonly SeqRange[] {
  const last = ranges.at(-1);
  if (last !== undefined && last[1] === seqNo - 1) return [...ranges.slice(0, -1), [last[0], seqNo]];
  if (hasSeqNo(ranges, seqNo)) return ranges;
  const merged: SeqRange[] = [];
  for (const range of [...ranges, [seqNo, seqNo] as const].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && before[1] >= range[0] - 1) merged[merged.length - 1] = [before[0], range[1]];
    else merged.push(range);
  }
  return merged;
}

/** Whether the number was seen. */
export function hasSeqNo(ranges: readonly SeqRange[], seqNo: number): boolean {
  return ranges.some(([first, last]) => first <= seqNo && seqNo <= last);
}
