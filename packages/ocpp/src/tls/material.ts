/** What the TLS listener needs, as PEM text. */
export interface TlsMaterial {
  /** Certificates of the gateway, with their chains in any order; an RSA and an ECDSA one serve all chargers. */
  certificates: string[];
  keys: string[];
  /** Authorities of client certificates; absent = none is asked for, and no station can have security profile 3. */
  clientCa?: string;
  /** Revocation lists of those authorities. */
  clientCrl?: string[];
}

/**
 * Suites that OCPP mandates (A00.FR.318), their ECDHE_RSA siblings and TLS 1.3. Nothing without forward secrecy but the two
 * mandated RSA ones; no CBC, no SHA-1, no NULL or export suites.
 */
export const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
].join(':');
