import type { EpochMs } from '@roambridge/domain';

export type PartnerStatus = 'awaiting_registration' | 'registered' | 'unregistered';

/** One role of a partner platform (OCPI CredentialsRole; 2.1.1 has exactly one, CR-01). */
export interface PartnerRole {
  role: string;
  country_code: string;
  party_id: string;
  name: string;
}

/** One endpoint of a partner; keyed by identifier and role (VE-04). 2.1.1 endpoints have the role that we need. */
export interface PartnerEndpoint {
  identifier: string;
  role: 'SENDER' | 'RECEIVER';
  url: string;
}

/** A partner platform with which this platform exchanges OCPI. Secrets are in clear only in memory. */
export interface Partner {
  id: string;
  name: string;
  status: PartnerStatus;
  /** Negotiated OCPI version, e.g. "2.2.1"; absent until registered. */
  version?: string;
  versionsUrl?: string;
  roles: PartnerRole[];
  endpoints: PartnerEndpoint[];
  /** Token with which we call the partner. */
  outboundToken?: string;
  /** How the partner wants tokens in the Authorization header (TR-008). */
  tokenEncoding?: 'raw' | 'base64';
  /** Token with which the partner calls us (its TOKEN_C, or TOKEN_A while awaiting registration). */
  inboundToken: string;
  /** The hosted CPO party of a 2.1.1 connection (CR-02); else all hosted parties. */
  createdAt: EpochMs;
  registeredAt?: EpochMs;
  /** Deliveries wait until then (breaker). */
  pausedUntil?: EpochMs;
  lastSuccessAt?: EpochMs;
  lastInboundAt?: EpochMs;
}

/** What a partner told during the credentials handshake. */
export interface Registration {
  version: string;
  versionsUrl: string;
  outboundToken: string;
  tokenEncoding: 'raw' | 'base64';
  roles: PartnerRole[];
  endpoints: PartnerEndpoint[];
}
