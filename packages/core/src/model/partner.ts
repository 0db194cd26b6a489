import type { EpochMs, PartyId } from '@roambridge/domain';
import type { HubClient } from './hub-client.js';

/** `registering`: we asked the partner to register us, and do not know yet whether it did. */
export type PartnerStatus = 'awaiting_registration' | 'registering' | 'registered' | 'unregistered';

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

/**
 * How tokens of one partner are decided, where the operator wants it otherwise than the settings of the gateway say
 * (D4.2). Absent = as they say.
 */
export interface AuthorizationPolicy {
  /** Whether it is asked about its tokens with whitelist ALLOWED. */
  allowed?: 'local' | 'realtime';
  /** Whether it is asked about tokens that nobody pushed. */
  unknown?: 'ask' | 'never';
  /** What becomes of its valid tokens that it wants to be asked about, while it cannot be; absent = `refuse`. */
  unreachable?: 'refuse' | 'accept';
  /** Whether a token that pays for a running transaction may start another one. */
  concurrentSessions?: 'allow' | 'deny';
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
  /** Offered in place of `inboundToken`, and good beside it while the partner's answer is not known (CR-11, CR-20). */
  nextInboundToken?: string;
  /** Replaced, and good until then, so that a lost answer locks nobody out (CR-21). */
  previousInboundToken?: string;
  previousInboundUntil?: EpochMs;
  /** The replaced one is the registration token: the answer that ends it may not have arrived (CR-15). */
  answerOpen?: true;
  /** The form in which the partner presents its token (TR-007). */
  inboundEncoding?: 'raw' | 'base64';
  /** The own party of a hub platform, from 2.3.0 on (CR-05). */
  hubParty?: PartyId;
  /** Parties behind a hub (HU-01). */
  hubClients?: HubClient[];
  /** The hosted party that a 2.1.1 connection is about; absent = the first one (CR-02). */
  party?: PartyId;
  authorizationPolicy?: AuthorizationPolicy;
  createdAt: EpochMs;
  registeredAt?: EpochMs;
  /** When our token for the partner was replaced last. */
  rotatedAt?: EpochMs;
  /** What the partner was last told that we host and offer; another value is told by new credentials (VE-08, CR-31). */
  toldPlatform?: string;
  /** Why an exchange of credentials does not come to an end by itself. */
  stalled?: string;
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
  hubParty?: PartyId;
  endpoints: PartnerEndpoint[];
}
