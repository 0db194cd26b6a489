import type { EpochMs } from '@roambridge/domain';
import type { AuthorizationDecision, AuthorizationStatus } from '../edges/charger-edge.js';
import type { CertificateStatus, ContractVerdict } from '../model/contract.js';

type Refusal = { status: AuthorizationStatus; certificateStatus: CertificateStatus };

/** C-034, C07.FR.13 to FR.17: what a contract whose certificates are not good is answered; nobody is asked. */
const REFUSALS = {
  revoked: { status: 'Invalid', certificateStatus: 'CertificateRevoked' },
  expired: { status: 'Expired', certificateStatus: 'CertificateExpired' },
  unverifiable: { status: 'Invalid', certificateStatus: 'CertChainError' },
} as const satisfies Record<Exclude<ContractVerdict, 'good'>, Refusal>;

export function refusedContract(
  verdict: Exclude<ContractVerdict, 'good'>,
  now: EpochMs,
): AuthorizationDecision {
  return { ...REFUSALS[verdict], expiresAt: now };
}

/** Answers to a token that mean that there is no such contract any more. */
const CANCELLED: ReadonlySet<AuthorizationStatus> = new Set(['Blocked', 'Expired', 'Invalid', 'Unknown']);

/** The decision about the token of a contract whose certificates are good. */
export function withGoodContract(decision: AuthorizationDecision): AuthorizationDecision {
  const certificateStatus = CANCELLED.has(decision.status) ? 'ContractCancelled' : 'Accepted';
  return { ...decision, certificateStatus };
}
