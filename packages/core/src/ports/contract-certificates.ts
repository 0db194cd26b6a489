/** What a vehicle asks of its mobility operator, packed by the vehicle (OCPP 2.0.1 M01, M02). */
export interface EvCertificateRequest {
  stationId: string;
  action: 'Install' | 'Update';
  /** Version of the schema that the vehicle uses. */
  schemaVersion: string;
  /** EXI in Base64, handed on as it is. */
  exiRequest: string;
}

/** `exiResponse`: EXI in Base64, for the vehicle. `reason`: one or two words. */
export type EvCertificateAnswer =
  | { kind: 'answered'; exiResponse: string }
  | { kind: 'failed'; reason: string };

/** Certificates of contracts for vehicles (ISO 15118); a pool of a mobility operator stands behind it. */
export interface ContractCertificates {
  request(request: EvCertificateRequest): Promise<EvCertificateAnswer>;
}

/** Nobody was asked, and the vehicle is told so. */
export const NO_CONTRACT_CERTIFICATES: ContractCertificates = {
  request: async () => ({ kind: 'failed', reason: 'NoProvider' }),
};
