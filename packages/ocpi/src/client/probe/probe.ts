import type { Clock, Partner, ProbeFinding, ProbeReport } from '@roambridge/core';
import type { VersionAdapter } from '../../versions/adapter.js';
import { adapterOf } from '../../versions/registry.js';
import type { PartnerClient } from '../partner-client.js';
import { endpointUrl } from '../plan.js';
import { checkAuthentication } from './authentication.js';
import { checkCredentials } from './credentials.js';
import { checkEndpoints } from './endpoints.js';
import { checkPaging } from './paging.js';
import { createProbeCalls, type Encoding, type ProbeCalls } from './probe-calls.js';
import { checkClock, checkEnvelopes, checkLatency, clockOffsetMs, latencies } from './timing.js';
import { checkVersions } from './versions.js';

/** What every check is given. */
export interface Probe {
  partner: Partner;
  adapter: VersionAdapter;
  calls: ProbeCalls;
  token: string;
  encoding: Encoding;
  /** Headers that functional modules carry. */
  routing: Record<string, string>;
}

/** Looks at a partner's platform with requests that change nothing, and says what was found in plain words. */
export async function probe(options: {
  client: PartnerClient;
  clock: Clock;
  partner: Partner;
  routing: (adapter: VersionAdapter) => Record<string, string>;
}): Promise<ProbeReport> {
  const { client, clock, partner } = options;
  const at = clock.now();
  const adapter = adapterOf(partner.version);
  const token = partner.outboundToken;
  const { versionsUrl } = partner;
  if (
    partner.status !== 'registered' ||
    adapter === undefined ||
    token === undefined ||
    versionsUrl === undefined
  ) {
    const finding = 'The partner is not registered: there is nothing to look at yet.';
    return {
      partnerId: partner.id,
      at,
      requests: 0,
      findings: [{ check: 'versions', verdict: 'skipped', finding }],
    };
  }
  const calls = createProbeCalls(client, partner, clock);
  const encoding = partner.tokenEncoding ?? adapter.tokenEncoding;
  const probe: Probe = { partner, adapter, calls, token, encoding, routing: options.routing(adapter) };
  const versions = await checkVersions(probe, versionsUrl);
  const findings: ProbeFinding[] = [
    ...versions.findings,
    ...(await checkEndpoints(probe, versions.detailsUrl)),
    ...(await checkAuthentication(probe, versionsUrl)),
    ...(await checkCredentials(probe)),
    ...(await checkPaging(probe, endpointUrl(partner, 'tokens', 'SENDER'))),
    ...checkEnvelopes(probe),
    ...checkClock(calls),
    ...checkLatency(calls),
  ];
  const offset = clockOffsetMs(calls);
  const latencyMs = latencies(calls);
  return {
    partnerId: partner.id,
    at,
    version: adapter.version,
    requests: calls.count(),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(offset === undefined ? {} : { clockOffsetMs: offset }),
    findings,
  };
}
