/** Who asks: the names that a request may carry. */
export interface CertificateApplicant {
  stationId: string;
  /** As the charger told it at its boot. */
  serialNumber?: string;
}

export type CsrVerdict = { kind: 'accepted' } | { kind: 'refused'; reason: string };

/**
 * Signs certificate requests of chargers (B-012). The local one is for development and laboratories; a real one is
 * another implementation of this port.
 */
export interface CertificateAuthority {
  /** Looks at a PKCS #10 request in PEM: signature, key and subject. Never rejects. */
  check(csr: string, applicant: CertificateApplicant): Promise<CsrVerdict>;
  /** The chain in PEM, the charger's certificate first, without the root. Rejects when it cannot be had. */
  sign(csr: string, applicant: CertificateApplicant): Promise<{ chain: string }>;
}
