import type { EpochMs } from '@roambridge/domain';

/** What a charger told about its own security (B-011). */
export interface SecurityEvent {
  id: string;
  stationId: string;
  /** As the charger wrote it, e.g. `TamperDetectionActivated`. */
  type: string;
  /** The standard calls this type critical. */
  critical: boolean;
  techInfo?: string;
  at: EpochMs;
  receivedAt: EpochMs;
}

/** A security event as an edge hands it over. */
export type SecurityReport = Pick<SecurityEvent, 'type' | 'critical' | 'techInfo' | 'at'>;
