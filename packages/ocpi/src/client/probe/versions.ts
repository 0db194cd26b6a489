import type { ProbeFinding } from '@roambridge/core';
import { OCPI_VERSIONS } from '../../versions/adapter.js';
import { VERSIONS } from '../handshake.js';
import type { Probe } from './probe.js';

/** Whether the version of the connection is still offered, and where its details are (OCPI VE-01, VE-09). */
export async function checkVersions(
  { adapter, calls, token, encoding }: Probe,
  versionsUrl: string,
): Promise<{ findings: ProbeFinding[]; detailsUrl?: string }> {
  const { data, outcome } = await calls.get(versionsUrl, { token, encoding });
  const listed = VERSIONS.safeParse(data);
  if (!listed.success) {
    const why = data === undefined ? outcome : 'its answer is not a list of versions';
    return { findings: [found('problem', `The versions at ${versionsUrl} cannot be read: ${why}.`)] };
  }
  const offered = listed.data.map(({ version }) => version);
  const own = listed.data.find(({ version }) => version === adapter.version);
  if (own === undefined) {
    const finding = `OCPI ${adapter.version}, by which we are connected, is not offered any more; it offers ${offered.join(', ')}.`;
    return { findings: [found('problem', finding)] };
  }
  const newest = [...OCPI_VERSIONS].reverse().find((version) => offered.includes(version));
  const finding =
    newest === adapter.version
      ? found('ok', `It offers ${offered.join(', ')}; we are connected by the highest that both sides have.`)
      : found(
          'warning',
          `We are connected by OCPI ${adapter.version}, although both sides have ${newest}; registering anew raises it.`,
        );
  return { findings: [finding], detailsUrl: own.url };
}

function found(verdict: ProbeFinding['verdict'], finding: string): ProbeFinding {
  return { check: 'versions', verdict, finding };
}
