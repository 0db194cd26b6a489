import type { ProbeFinding } from '@roambridge/core';
import type { Probe } from './probe.js';
import type { Probed } from './probe-calls.js';

/** Asked for on a page: few, so that a list of three shows how paging goes. */
const LIMIT = 2;
/** Further than any list. */
const BEYOND = 1_000_000_000;

/** How the partner's token list is paged (OCPI PG-01, PG-04 to PG-07, PG-12). */
export async function checkPaging(probe: Probe, listUrl: string | undefined): Promise<ProbeFinding[]> {
  if (listUrl === undefined) return [found('skipped', 'It has no token list to page through.')];
  const get = (url: string) =>
    probe.calls.get(url, { token: probe.token, encoding: probe.encoding, headers: probe.routing });
  const first = await get(withQuery(listUrl, { limit: LIMIT, offset: 0 }));
  if (!Array.isArray(first.data))
    return [found('problem', `Its token list cannot be read: ${first.outcome}.`)];
  const findings: ProbeFinding[] = [];
  const total = headerNumber(first, 'x-total-count');
  if (total === undefined)
    findings.push(
      found('warning', 'X-Total-Count is missing: nobody can tell whether a list was read to its end.'),
    );
  if (headerNumber(first, 'x-limit') === undefined) findings.push(found('warning', 'X-Limit is missing.'));
  if (first.data.length > LIMIT) {
    findings.push(
      found(
        'warning',
        `It ignores limit=${LIMIT} and sends ${first.data.length} tokens at once; long lists are slow and may fail.`,
      ),
    );
  }
  const next = nextLink(first);
  if (total !== undefined && total > first.data.length) findings.push(...(await followed(first, next, get)));
  else if (next !== undefined) findings.push(found('warning', 'The last page names a next one.'));
  const beyond = await get(withQuery(listUrl, { limit: LIMIT, offset: BEYOND }));
  if (!Array.isArray(beyond.data))
    findings.push(
      found('warning', `Beyond the end of the list it answers with an error: ${beyond.outcome}.`),
    );
  else if (beyond.data.length > 0)
    findings.push(found('problem', 'It ignores offset: a list that is read page by page does not end.'));
  if (findings.length > 0) return findings;
  return [
    found('ok', `Its list of ${total ?? first.data.length} tokens is paged as the specification says.`),
  ];
}

async function followed(
  first: Probed,
  next: string | undefined,
  get: (url: string) => Promise<Probed>,
): Promise<ProbeFinding[]> {
  if (next === undefined)
    return [
      found(
        'problem',
        'Its first page names no next one although there is more: the rest of the tokens is never read.',
      ),
    ];
  if (!URL.canParse(next)) return [found('warning', `Its Link is not an absolute URL: ${next}.`)];
  if (new URL(next).host !== new URL(first.url).host) {
    return [found('problem', `Its Link leads to another host (${new URL(next).host}): it is not followed.`)];
  }
  const second = await get(next);
  if (!Array.isArray(second.data))
    return [found('problem', `Its second page cannot be read: ${second.outcome}.`)];
  const seen = new Set(uidsOf(first));
  return uidsOf(second).some((uid) => seen.has(uid))
    ? [found('problem', 'Its second page repeats tokens of the first.')]
    : [];
}

function uidsOf({ data }: Probed): string[] {
  const list: unknown[] = Array.isArray(data) ? data : [];
  return list.map((token) => JSON.stringify(token));
}

function nextLink({ answer }: Probed): string | undefined {
  const link = answer.kind === 'response' ? answer.header('link') : undefined;
  return /<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next"?/i.exec(link ?? '')?.[1];
}

function headerNumber({ answer }: Probed, name: string): number | undefined {
  const value = answer.kind === 'response' ? answer.header(name) : undefined;
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

function withQuery(url: string, query: Record<string, number>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, String(value));
  return target.toString();
}

function found(verdict: ProbeFinding['verdict'], finding: string): ProbeFinding {
  return { check: 'paging', verdict, finding };
}
