import type { ProbeFinding, ProbeReport } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const probeView = z
  .object({
    partner_id: z.string(),
    at: z.string(),
    version: z.string().optional(),
    verdict: z.enum(['ok', 'warning', 'problem', 'skipped']).describe('The worst of the findings'),
    requests: z.int(),
    latency_ms: z.object({ median: z.number(), slowest: z.number() }).optional(),
    clock_offset_ms: z.number().optional().describe('The clock of the partner minus ours'),
    findings: z.array(
      z.object({
        check: z.string(),
        verdict: z.enum(['ok', 'warning', 'problem', 'skipped']),
        finding: z.string().describe('In plain language'),
      }),
    ),
  })
  .meta({ id: 'Probe' });

const WORST_FIRST = ['problem', 'warning', 'ok', 'skipped'] as const;

function worstOf(findings: readonly ProbeFinding[]): ProbeFinding['verdict'] {
  return WORST_FIRST.find((verdict) => findings.some((one) => one.verdict === verdict)) ?? 'skipped';
}

/** What a look at a partner's platform showed. */
export function viewProbe(report: ProbeReport): z.output<typeof probeView> {
  return {
    partner_id: report.partnerId,
    at: isoTime(report.at),
    ...given('version', report.version),
    verdict: worstOf(report.findings),
    requests: report.requests,
    ...given('latency_ms', report.latencyMs),
    ...given('clock_offset_ms', report.clockOffsetMs),
    findings: report.findings,
  };
}

const WORDS = { problem: 'Problem', warning: 'Warning', ok: 'OK', skipped: 'Skipped' } satisfies Record<
  ProbeFinding['verdict'],
  string
>;

/** The same to be sent to the partner. */
export function probeMarkdown(name: string, report: ProbeReport): string {
  const times = report.latencyMs
    ? `, answered in ${Math.round(report.latencyMs.median)} ms (median) and ${Math.round(report.latencyMs.slowest)} ms (slowest)`
    : '';
  return [
    `# Probe of ${cell(name)}`,
    '',
    `${isoTime(report.at)}${report.version === undefined ? '' : `, OCPI ${report.version}`}. ${report.requests} requests${times}.`,
    `Result: **${WORDS[worstOf(report.findings)]}**`,
    '',
    '| Check | Result | Finding |',
    '| --- | --- | --- |',
    ...report.findings.map(
      ({ check, verdict, finding }) => `| ${check} | ${WORDS[verdict]} | ${cell(finding)} |`,
    ),
    '',
  ].join('\n');
}

/** What a partner answered must not become markup. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!]/g, (char) => `\\${char}`);
}
