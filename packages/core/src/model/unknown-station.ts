import type { BootReport, EpochMs } from '@roambridge/domain';
import type { PasswordHash, SecurityProfile } from './station.js';

/** A charger that was not let in, or only as far as its boot; kept in memory, not in the database (S1). */
export interface TurnedAway {
  /** As the charger wrote it. */
  identity: string;
  /** `quarantined`: its socket is open, and its boot is answered Pending. */
  state: 'refused' | 'quarantined';
  /** There is a station of this name: its credentials or its connection are wrong. */
  provisioned: boolean;
  reason: string;
  /** What to enter in the charger. */
  url: string;
  /** How it connected: what it would have if it were approved as it is. */
  securityProfile: SecurityProfile;
  /** The password that it showed, if its user was its identity. */
  password?: PasswordHash;
  attempts: number;
  firstSeenAt: EpochMs;
  lastSeenAt: EpochMs;
  remoteAddress: string;
  protocols: string[];
  boot?: BootReport;
}

/** What the operator adds to what is known of the charger. */
export interface Approval {
  security_profile?: SecurityProfile;
  password?: string;
  name?: string;
}
