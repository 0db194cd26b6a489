import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { stableId } from '../ids.js';
import type { JobDesk } from '../jobs/job-desk.js';
import type { CertificateRequest } from '../model/certificate-request.js';
import type { StationJob } from '../model/job.js';
import type { FrameRecord } from '../model/journal.js';
import type { CertificateApplicant, CertificateAuthority } from '../ports/certificate-authority.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import { newPlan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';

/** B-012: times that a certificate is sent to a charger that does not take it. */
const SENDS_MAX = 3;
/** Wait before it is sent again. */
const SEND_AGAIN_MS = 60_000;

export interface CertificatePorts {
  clock: Clock;
  log: Log;
  committer: Committer;
  background: Background;
  jobs: JobDesk;
  /** undefined = certificates are not signed here. */
  authority: CertificateAuthority | undefined;
  registry: () => StationRegistry;
  link: () => StationLink;
}

/** Certificate requests of chargers: judged, signed and sent back (B-012). */
export interface CertificateDesk {
  request(
    stationId: string,
    request: CertificateRequest,
    frame: FrameRecord,
  ): Promise<{ accepted: false } | { accepted: true; proceed(): void }>;
}

export function createCertificateDesk(ports: CertificatePorts): CertificateDesk {
  const { clock, log, committer, background, jobs, authority } = ports;

  async function give(
    job: StationJob,
    request: CertificateRequest,
    applicant: CertificateApplicant,
    signer: CertificateAuthority,
  ): Promise<void> {
    let signed: { chain: string };
    try {
      signed = await signer.sign(request.csr, applicant);
    } catch (error) {
      await jobs.step(job, 'SigningFailed', 'failed');
      throw error;
    }
    await send(await jobs.step(job, 'Signed', 'running'), request, signed.chain, 1);
  }

  async function send(
    job: StationJob,
    request: CertificateRequest,
    chain: string,
    attempt: number,
  ): Promise<void> {
    const { stationId } = job;
    const { certificateType, requestId } = request;
    const outcome = await ports.link().call(
      stationId,
      {
        kind: 'certificate-signed',
        chain,
        ...(certificateType === undefined ? {} : { certificateType }),
        ...(requestId === undefined ? {} : { requestId }),
      },
      { priority: 0, correlationId: job.id },
    );
    if (outcome.kind === 'result' && outcome.payload.status === 'Accepted') {
      await jobs.step(job, 'Installed', 'done');
      return;
    }
    const word = outcome.kind === 'result' ? String(outcome.payload.status) : outcome.kind;
    if (attempt < SENDS_MAX) {
      const next = await jobs.step(job, word, 'running');
      clock.after(SEND_AGAIN_MS, () =>
        background.run(send(next, request, chain, attempt + 1), 'certificate not sent', {
          station: stationId,
        }),
      );
      return;
    }
    await jobs.step(job, word, 'failed');
    const plan = newPlan(stationId);
    plan.attention.push({
      id: stableId(`certificate:${stationId}`),
      kind: 'certificate-not-installed',
      subject: stationId,
      stationId,
      message: `${stationId} does not take the certificate that it asked for: ${word}`,
      createdAt: clock.now(),
    });
    await committer.commit(plan);
  }

  return {
    async request(stationId, request, frame) {
      const serialNumber = ports.registry().peek(stationId)?.state.boot?.serialNumber;
      const applicant = { stationId, ...(serialNumber === undefined ? {} : { serialNumber }) };
      const verdict = authority
        ? await authority.check(request.csr, applicant)
        : ({ kind: 'refused', reason: 'certificates are not signed here' } as const);
      await committer.commit(newPlan(stationId, frame));
      if (!authority || verdict.kind === 'refused') {
        log.warn({ station: stationId, reason: verdict }, 'certificate request refused');
        return { accepted: false };
      }
      const job = await jobs.begin(stationId, 'SignCertificate', 'certificate');
      return {
        accepted: true,
        proceed: () =>
          background.run(give(job, request, applicant, authority), 'certificate not issued', {
            station: stationId,
          }),
      };
    },
  };
}
