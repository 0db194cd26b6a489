/** What a charger asks to be signed. */
export interface CertificateRequest {
  /** PKCS #10 in PEM. */
  csr: string;
  /** In the words of the protocol, where it knows several: given back with the certificate. */
  certificateType?: string;
  /** The same for the number of the request. */
  requestId?: number;
}
