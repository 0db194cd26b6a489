import type { Committer } from '../committer.js';
import type { CertificateHash } from '../model/contract.js';
import type { FrameRecord } from '../model/journal.js';
import type { Clock } from '../ports/clock.js';
import type {
  ContractCertificates,
  EvCertificateAnswer,
  EvCertificateRequest,
} from '../ports/contract-certificates.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import { newPlan } from '../stations/plan.js';

/** How long a vehicle's request may take; chargers give up after about half a minute. */
const PROVIDER_MS = 20_000;

/** Certificates of contracts, for the vehicles at chargers (ISO 15118). */
export interface ContractDesk {
  /** Resolves after the commit of the frame. */
  evCertificate(request: EvCertificateRequest, frame: FrameRecord): Promise<EvCertificateAnswer>;
  /** The signed answer of the responder, DER; undefined = there is none that can be relied on. */
  certificateStatus(hash: CertificateHash, frame: FrameRecord): Promise<Uint8Array | undefined>;
}

export function createContractDesk(ports: {
  clock: Clock;
  log: Log;
  committer: Committer;
  contractCertificates: ContractCertificates;
  link: () => StationLink;
}): ContractDesk {
  const { clock, log, committer, contractCertificates } = ports;

  async function ask(request: EvCertificateRequest): Promise<EvCertificateAnswer> {
    let cancel = (): void => {};
    const late = new Promise<EvCertificateAnswer>((resolve) => {
      cancel = clock.after(PROVIDER_MS, () => resolve({ kind: 'failed', reason: 'Timeout' }));
    });
    try {
      return await Promise.race([contractCertificates.request(request), late]);
    } catch (error) {
      log.error({ err: error, station: request.stationId }, 'contract certificate not provided');
      return { kind: 'failed', reason: 'InternalError' };
    } finally {
      cancel();
    }
  }

  return {
    async evCertificate(request, frame) {
      await committer.commit(newPlan(request.stationId, frame));
      return ask(request);
    },
    async certificateStatus(hash, frame) {
      await committer.commit(newPlan(frame.stationId, frame));
      return ports.link().certificateStatus(hash);
    },
  };
}
