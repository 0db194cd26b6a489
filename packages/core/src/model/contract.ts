/** One certificate of a contract's chain, as OCSP asks for it (RFC 6960 CertID). */
export interface CertificateHash {
  algorithm: 'SHA256' | 'SHA384' | 'SHA512';
  /** Hex. */
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
  responderUrl: string;
}

/** What a vehicle showed of its contract (Plug & Charge). */
export interface ContractProof {
  /** Of a chain that the station checked itself. */
  hashes: CertificateHash[];
  /** PEM of a chain that the station could not check. */
  certificate?: string;
}

/** `unverifiable`: nobody can tell, so it counts as wrong (C-034). */
export type ContractVerdict = 'good' | 'revoked' | 'expired' | 'unverifiable';

/** OCPP AuthorizeCertificateStatus, the values that are used. */
export type CertificateStatus =
  | 'Accepted'
  | 'CertChainError'
  | 'CertificateExpired'
  | 'CertificateRevoked'
  | 'ContractCancelled';
