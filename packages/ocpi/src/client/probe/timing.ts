import type { ProbeFinding } from '@roambridge/core';
import { z } from 'zod';
import { parseDateTime } from '../../wire/time.js';
import type { Probe } from './probe.js';
import type { ProbeCalls } from './probe-calls.js';

/** Beyond these the partner's times make ours look older or newer than they are, ms. */
const CLOCK_WARNING_MS = 5_000;
const CLOCK_PROBLEM_MS = 60_000;
/** A driver waits for the answer to a real-time authorization, ms. */
const SLOW_MS = 1_000;
const TOO_SLOW_MS = 4_000;

const TIMESTAMP = z.object({ timestamp: z.string() });

/** Median of the partner's clock minus ours, by the time stamps of its answers; undefined = there is none. */
export function clockOffsetMs(calls: ProbeCalls): number | undefined {
  const offsets = calls.answered().flatMap(({ answer, startedAt, endedAt }) => {
    const at = parseDateTime(timestampOf(answer.text) ?? '') ?? Date.parse(answer.header('date') ?? '');
    return Number.isNaN(at) ? [] : [at - (startedAt + endedAt) / 2];
  });
  return offsets.length === 0 ? undefined : Math.round(median(offsets));
}

export function latencies(calls: ProbeCalls): { median: number; slowest: number } | undefined {
  const times = calls.answered().map(({ startedAt, endedAt }) => endedAt - startedAt);
  return times.length === 0 ? undefined : { median: median(times), slowest: Math.max(...times) };
}

/** Whole seconds are what OCPI shows: less than that is no offset. */
export function checkClock(calls: ProbeCalls): ProbeFinding[] {
  const offset = clockOffsetMs(calls);
  if (offset === undefined)
    return [{ check: 'clock', verdict: 'skipped', finding: 'Its answers have no time.' }];
  const seconds = Math.round(Math.abs(offset) / 1000);
  const words = `Its clock is ${seconds} s ${offset > 0 ? 'ahead of' : 'behind'} ours`;
  if (Math.abs(offset) > CLOCK_PROBLEM_MS) {
    const finding = `${words}: what changes may look older than what it has, and lists read by date_from may miss it.`;
    return [{ check: 'clock', verdict: 'problem', finding }];
  }
  if (Math.abs(offset) > CLOCK_WARNING_MS)
    return [{ check: 'clock', verdict: 'warning', finding: `${words}.` }];
  return [{ check: 'clock', verdict: 'ok', finding: 'Its clock agrees with ours.' }];
}

export function checkLatency(calls: ProbeCalls): ProbeFinding[] {
  const found = latencies(calls);
  if (found === undefined)
    return [{ check: 'latency', verdict: 'problem', finding: 'It does not answer at all.' }];
  const words = `It answers in ${Math.round(found.median)} ms (median), ${Math.round(found.slowest)} ms at the slowest`;
  if (found.slowest > TOO_SLOW_MS) {
    const finding = `${words}: a real-time authorization comes too late for chargers.`;
    return [{ check: 'latency', verdict: 'problem', finding }];
  }
  const verdict = found.median > SLOW_MS ? 'warning' : 'ok';
  return [{ check: 'latency', verdict, finding: `${words}.` }];
}

/** What all answers have in common (OCPI TR-020, TR-021, TR-026, TR-040, TY-06). */
export function checkEnvelopes({ adapter, calls }: Probe): ProbeFinding[] {
  const answers = calls.answered().filter(({ answer }) => answer.status < 300);
  const count = (test: (one: (typeof answers)[number]) => boolean) => answers.filter(test).length;
  const faults: [number, string][] = [
    [
      count(({ answer }) => !/^application\/json\b/.test(answer.header('content-type') ?? '')),
      'are not labelled application/json',
    ],
    [
      count(({ answer }) => parseDateTime(timestampOf(answer.text) ?? '') === undefined),
      'have no usable timestamp',
    ],
    [
      count(({ answer }) => /[+-]\d\d:\d\d$/.test(timestampOf(answer.text) ?? '')),
      'write times with an offset in place of UTC',
    ],
    ...(adapter.routesMessages
      ? ([
          [
            count(({ answer, sent }) => answer.header('x-request-id') !== sent['X-Request-ID']),
            'do not repeat X-Request-ID',
          ],
          [
            count(({ answer, sent }) => answer.header('x-correlation-id') !== sent['X-Correlation-ID']),
            'do not repeat X-Correlation-ID',
          ],
        ] satisfies [number, string][])
      : []),
  ];
  const wrong = faults.filter(([times]) => times > 0);
  if (wrong.length === 0)
    return [
      {
        check: 'envelope',
        verdict: 'ok',
        finding: 'Its answers have the form that the specification wants.',
      },
    ];
  return wrong.map(([times, what]) => ({
    check: 'envelope',
    verdict: 'warning',
    finding: `${times} of ${answers.length} answers ${what}.`,
  }));
}

function timestampOf(text: string): string | undefined {
  try {
    return TIMESTAMP.safeParse(JSON.parse(text)).data?.timestamp;
  } catch {
    return undefined;
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
