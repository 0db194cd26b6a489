import type { PartnerEndpoint, ProbeFinding } from '@roambridge/core';
import { DETAILS } from '../handshake.js';
import type { Probe } from './probe.js';

/** What does not happen without an interface of the partner. */
const LOST: Record<string, string> = {
  'locations RECEIVER': 'locations and statuses are not pushed, it has to pull them',
  'tariffs RECEIVER': 'tariffs are not pushed, it has to pull them',
  'sessions RECEIVER': 'running sessions are not pushed, it has to pull them',
  'cdrs RECEIVER': 'CDRs are not pushed, it has to pull them',
  'tokens SENDER': 'its token list cannot be read and no token can be authorized in real time',
};

/** Whether the endpoints are those that we know, absolute and safe (OCPI TR-029, VE-04, VE-08). */
export async function checkEndpoints(
  { partner, adapter, calls, token, encoding }: Probe,
  detailsUrl: string | undefined,
): Promise<ProbeFinding[]> {
  if (detailsUrl === undefined)
    return [found('skipped', 'Without version details there is nothing to compare.')];
  const { data, outcome } = await calls.get(detailsUrl, { token, encoding });
  const details = DETAILS.safeParse(data);
  if (!details.success)
    return [found('problem', `The version details at ${detailsUrl} cannot be read: ${outcome}.`)];
  const listed = details.data.endpoints.flatMap((endpoint) => adapter.endpointFromWire(endpoint) ?? []);
  const unusable = details.data.endpoints.length - listed.length;
  const findings: ProbeFinding[] = [];
  const changed = listed.filter((endpoint) => !partner.endpoints.some((known) => isSame(known, endpoint)));
  const gone = partner.endpoints.filter((known) => !listed.some((endpoint) => isSame(known, endpoint)));
  if (changed.length + gone.length > 0) {
    const names = [...new Set([...changed, ...gone].map(({ identifier }) => identifier))].join(', ');
    findings.push(
      found(
        'problem',
        `Endpoints changed since the registration (${names}); it has to PUT its credentials so that we read them again.`,
      ),
    );
  }
  if (unusable > 0) {
    findings.push(
      found(
        'warning',
        `${unusable} of its endpoints are of no use to us: unknown, without a role or without an absolute URL.`,
      ),
    );
  }
  const open = listed.filter(({ url }) => !url.startsWith('https:')).map(({ identifier }) => identifier);
  if (open.length > 0) findings.push(found('warning', `Without TLS: ${[...new Set(open)].join(', ')}.`));
  const names = listed.map(({ identifier, role }) => `${identifier} ${role}`);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    if (!name.startsWith('credentials'))
      findings.push(found('warning', `${name} is listed more than once; we use the first.`));
  }
  for (const [name, consequence] of Object.entries(LOST)) {
    if (!names.includes(name)) findings.push(found('warning', `It has no ${name}: ${consequence}.`));
  }
  return findings.length > 0
    ? findings
    : [found('ok', `All ${listed.length} endpoints are as they were at the registration.`)];
}

function isSame(left: PartnerEndpoint, right: PartnerEndpoint): boolean {
  return left.identifier === right.identifier && left.role === right.role && left.url === right.url;
}

function found(verdict: ProbeFinding['verdict'], finding: string): ProbeFinding {
  return { check: 'endpoints', verdict, finding };
}
