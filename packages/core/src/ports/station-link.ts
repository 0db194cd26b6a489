import type { ChargingProfile, ChargingRateUnit, EpochMs, IdToken } from '@roambridge/domain';
import type { CompositeSchedule, SmartChargingLimits } from '../model/charging-profile.js';
import type { CertificateHash, ContractProof, ContractVerdict } from '../model/contract.js';
import type { DeviceVariable } from '../model/device-model.js';
import type { JobRequest } from '../model/job.js';
import type { SecurityProfile } from '../model/station.js';
import type { AskedReport } from '../model/station-report.js';
import type { ConfigurationLink, LearnedConfiguration } from './configuration-link.js';
import type { LocalListLink } from './local-list-link.js';

/** How much of its device model a charger is asked for. */
export type InventoryExtent = 'full' | 'configuration' | 'summary';

/** What core asks of a charger, in version-neutral words; the edge writes the station's own protocol. */
export type StationRequest =
  | {
      kind: 'start-transaction';
      remoteStartId: number;
      idToken: IdToken;
      evseId: number | undefined;
      connectorId: number | undefined;
      groupId: string | undefined;
    }
  | { kind: 'stop-transaction'; ocppTransactionId: string }
  | { kind: 'get-transaction-status'; ocppTransactionId: string }
  | { kind: 'report-inventory'; requestId: number; extent: InventoryExtent }
  /** `evseId` absent = any EVSE. */
  | {
      kind: 'reserve-now';
      reservationId: number;
      evseId?: number;
      idToken: IdToken;
      groupId?: string;
      expiresAt: EpochMs;
    }
  | { kind: 'cancel-reservation'; reservationId: number }
  | { kind: 'unlock-connector'; evseId: number; connectorId: number }
  /** For a running transaction (OCPP TxProfile). */
  | {
      kind: 'set-charging-profile';
      profileId: number;
      stackLevel: number;
      evseId: number;
      ocppTransactionId: string;
      profile: ChargingProfile;
      numberPhases: number | undefined;
    }
  /** `profileId` absent = whatever is set for the transaction of the EVSE on this level. */
  | { kind: 'clear-charging-profile'; profileId: number | undefined; evseId: number; stackLevel: number }
  | { kind: 'get-composite-schedule'; evseId: number; durationS: number; unit: ChargingRateUnit }
  | { kind: 'report-smart-charging' }
  /** What a running transaction costs so far, taxes included. */
  | { kind: 'cost-updated'; ocppTransactionId: string; totalCost: number }
  /** Takes all that a charger knows of a customer away; only the operator asks for it. */
  | { kind: 'forget-customer'; idToken: IdToken }
  /** The public keys of its meters, where they are configuration (D3-023). */
  | { kind: 'report-meter-keys'; connectorIds: readonly number[] }
  /** The transaction goes before others, or does not any more (D7-004). */
  | { kind: 'use-priority-charging'; ocppTransactionId: string; activate: boolean }
  | { kind: 'trigger-status'; evseId: number; connectorId: number }
  /** The charger sends a certificate signing request for its own certificate. */
  | { kind: 'renew-certificate' }
  /** The key of HTTP Basic; the edge writes it as its protocol does. */
  | { kind: 'set-password'; password: Uint8Array }
  /** The charger connects with this security profile from now on. */
  | { kind: 'set-security-profile'; profile: SecurityProfile }
  /** `evseId` 0 = the station as a whole; `connectorId` absent = all of the EVSE (B-023). */
  | { kind: 'change-availability'; evseId: number; connectorId?: number; operative: boolean }
  /** The chain in PEM, the station's own certificate first (B-012). */
  | { kind: 'certificate-signed'; chain: string; certificateType?: string; requestId?: number };

/** How a call to a charger ended. `lost` = the socket went away before the answer. */
export type CallOutcome =
  | {
      kind: 'result';
      messageId: string;
      payload: Record<string, unknown>;
      /** What the payload says, where core needs more of it than its status. */
      schedule?: CompositeSchedule;
      smartCharging?: SmartChargingLimits;
      /** Of a credential: whether the charger took it. */
      accepted?: boolean;
      /** Values of the device model that the answer tells. */
      variables?: DeviceVariable[];
      /** Configuration keys that the answer tells. */
      configuration?: LearnedConfiguration;
    }
  | { kind: 'error'; messageId: string; code: string; description: string }
  | { kind: 'timeout'; messageId: string }
  | { kind: 'lost'; messageId: string }
  | { kind: 'not-connected' }
  | { kind: 'not-supported' };

/** The payload of an operator's call breaks the schema of the station's protocol. */
export interface SchemaViolation {
  kind: 'invalid';
  /** JSON pointer and what is wrong there. */
  violations: { pointer: string; message: string }[];
}

/** What a CSMS may send in one protocol. */
export interface ActionCatalogue {
  /** Names, in alphabetical order. */
  actions: readonly string[];
  /** JSON schema of the request payload as the protocol publishes it; undefined = no such action. */
  schemaOf(action: string): Record<string, unknown> | undefined;
}

export interface CallOptions {
  timeoutMs?: number;
  /** Ties the frames to a command, session or transaction in the journal. */
  correlationId?: string;
  /** Lower goes first: 0 security, 1 stop and unlock, 2 start, 3 profile, 4 other. */
  priority?: 0 | 1 | 2 | 3 | 4;
}

/** The charger edge as core sees it. Implemented by packages/ocpp. */
export interface StationLink {
  localLists: LocalListLink;
  configurations: ConfigurationLink;
  /** C-034: what the certificates of a contract are worth; answers within seconds, never rejects. */
  checkContract(proof: ContractProof): Promise<ContractVerdict>;
  /** What the responder of a certificate says, signed, DER; undefined = nothing that can be relied on. Never rejects. */
  certificateStatus(hash: CertificateHash): Promise<Uint8Array | undefined>;
  isConnected(stationId: string): boolean;
  call(stationId: string, request: StationRequest, options?: CallOptions): Promise<CallOutcome>;
  /** Sends any action of the station's own protocol version, payload checked against its schema. */
  callRaw(
    stationId: string,
    action: string,
    payload: unknown,
    options?: CallOptions,
  ): Promise<CallOutcome | SchemaViolation>;
  /** The actions that {@link callRaw} takes in a protocol; undefined = the gateway does not speak it. */
  actionsOf(protocol: string): ActionCatalogue | undefined;
  /**
   * What a call with {@link callRaw} asks of the charger, in version-neutral words; undefined where the gateway keeps
   * nothing of it, or the station is not connected.
   */
  meaningOf(stationId: string, action: string, payload: unknown): StationRequest | undefined;
  /** The report that a call with {@link callRaw} asks for; undefined where it asks for none. */
  reportAsked(stationId: string, action: string, payload: unknown): AskedReport | undefined;
  /** The longer work that such a call asks for; undefined where it asks for none. */
  jobOf(stationId: string, action: string, payload: unknown): JobRequest | undefined;
  /** Closes the station's socket. */
  disconnect(stationId: string, reason: string): void;
}
