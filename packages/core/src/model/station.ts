import type { BootReport, ChargingState, ConnectorStatus, EpochMs, EvseStatus } from '@roambridge/domain';
import type { ReportedEvent } from '../edges/charger-edge.js';
import type { SmartChargingLimits } from './charging-profile.js';
import type { DeviceFacts } from './device-model.js';
import type { WantedConfiguration } from './station-configuration.js';

export type SecurityProfile = 0 | 1 | 2 | 3;

/** What the operator entered about a station. */
export interface Station {
  /** As provisioned; looked up ignoring case. */
  id: string;
  name?: string;
  securityProfile: SecurityProfile;
  /** Allowed subprotocols; absent = all that the gateway speaks. */
  protocols?: string[];
  quirks?: string[];
  evseGroups?: number[][];
  /** Its meters are approved for billing: what they signed is what counts (D3-024). */
  legalMetrology?: boolean;
  /** Public keys of its meters, as printed on them; without an EVSE: of all of them. */
  meterPublicKeys?: { evseId?: number; publicKey: string }[];
  password?: PasswordHash;
  /** On their way to the charger, or taken by it, oldest first; until then they count beside `password`. */
  newPasswords?: (PasswordHash & { until: EpochMs; accepted: boolean })[];
  /** The charger was told to use it; it becomes `securityProfile` when the charger does. */
  nextSecurityProfile?: SecurityProfile;
  /** Its client certificate has this CN, whatever its serial number is. */
  certificateCn?: string;
  /** Which name the CN must be; absent = either. */
  cnBinding?: CnBinding;
  /** An expired client certificate still opens the door, for its renewal only. */
  allowExpiredCertificate?: boolean;
  /** The newest client certificate that it used, and how long older ones still count. */
  certificate?: { fingerprint: string; validFrom: EpochMs; olderUntil: EpochMs };
  /** Configuration that it is kept at: by the name of a template, and key by key (B-060). */
  configurationTemplate?: string;
  configuration?: WantedConfiguration;
  /** It may not connect. */
  disabled?: boolean;
  /** Its boot is answered so until the operator has made up his mind; absent = accepted (B02, B03). */
  registration?: 'pending' | 'rejected';
  createdAt: EpochMs;
}

export type CnBinding = 'serial' | 'identity' | 'either';

/** Salted keyed hashes of a password: as bytes, as lower-case hex text, and as text where that is another. */
export interface PasswordHash {
  salt: string;
  raw: string;
  hex: string;
  text?: string;
}

/** Last report about one connector. */
export interface ConnectorState {
  evseId: number;
  connectorId: number;
  status: ConnectorStatus;
  /** The charger's own word. */
  rawStatus: string;
  errorCode?: string;
  vendorErrorCode?: string;
  info?: string;
  /** When the charger says it happened, and when we heard. */
  at: EpochMs;
  receivedAt: EpochMs;
  /** Its time was not usable as it came (D1-015). */
  timeRepaired?: boolean;
}

/** Last report about an EVSE or the station as a whole. */
export interface WholeState {
  status: ConnectorStatus;
  rawStatus: string;
  at: EpochMs;
  receivedAt: EpochMs;
  /** It counts whatever the connectors say (D1-020 rule 3); otherwise it covers those that are free (D1-011). */
  outranks?: boolean;
}

/** A message of a transaction whose start was not seen, and may come (D2-057). */
export interface UnassignedEvent {
  id: string;
  event: ReportedEvent;
  messageId?: string;
  /** It made the record of a transaction, which has its id (D2-056). */
  headless?: true;
}

/** What the operator wants to be in operation; evseId 0 = the whole station, no connectorId = the whole EVSE. */
export interface DesiredAvailability {
  evseId: number;
  connectorId?: number;
  operative: boolean;
}

/** What the gateway knows from the charger itself; one small document per station. */
export interface StationState extends DeviceFacts {
  boot?: BootReport & { at: EpochMs; status: 'Accepted' | 'Pending' | 'Rejected' };
  /** Status of the station as a whole (OCPP 1.6 connector 0, 2.x evseId 0). */
  overall?: WholeState;
  /** Status of EVSEs as a whole, where the protocol has it (OCPP 2.x AvailabilityState of an EVSE). */
  evses?: (WholeState & { evseId: number })[];
  /** EVSEs in whose bay something stands, by its sensor. */
  occupiedBays?: number[];
  /** Since when the station installs firmware (D1-053). */
  installingSince?: EpochMs;
  /** Messages that wait for the start of their transaction. */
  unassigned?: UnassignedEvent[];
  connectors: ConnectorState[];
  protocol?: string;
  lastConnectedAt?: EpochMs;
  /** From where it last booted. */
  lastAddress?: string;
  /** Highest remoteStartId given out at this station (D5-013). */
  remoteStartId: number;
  /** Parts of the protocol that it says it has, where it says so (B-050). */
  features?: string[];
  /** What the operator told it about being in operation, to be told again (B-023). */
  desiredAvailability?: DesiredAvailability[];
  /** Firmware whose device model was asked for. */
  inventoryFor?: string;
  /** What the charger said about its smart charging, once it was asked. */
  smartCharging?: SmartChargingLimits;
}

/** Live view of what is reported of an EVSE or a station as a whole. */
export interface AvailabilityView {
  status: ConnectorStatus;
  raw_status: string;
  reported_at: string;
  age_seconds: number;
}

/** Live view of an EVSE. */
export interface EvseView {
  evse_id: number;
  /** Published OCPI status; UNKNOWN until the charger reported. */
  status: EvseStatus;
  /** When it became so, by our clock. */
  status_since?: string;
  status_age_seconds?: number;
  availability?: AvailabilityView;
  bay_occupied?: true;
  /** Its connectors change so often that partners are told when they are steady (D1-031). */
  flapping?: true;
  charging_state?: ChargingState;
  location_id?: string;
  evse_uid?: string;
  connectors: {
    connector_id: number;
    status: ConnectorStatus;
    raw_status: string;
    error_code?: string;
    vendor_error_code?: string;
    info?: string;
    reported_at: string;
    age_seconds: number;
  }[];
  transaction_id?: string;
  power_w?: number;
  energy_wh?: number;
}

/** Live view of a station for the operator. */
export interface StationView {
  id: string;
  name?: string;
  security_profile: SecurityProfile;
  /** The charger was told to use it and has not done so yet. */
  next_security_profile?: SecurityProfile;
  /** Both passwords count until then, or until the new one is used. */
  password_rotation?: { accepted: boolean; until: string };
  certificate_cn?: string;
  cn_binding?: CnBinding;
  allow_expired_certificate?: boolean;
  registration?: 'pending' | 'rejected';
  disabled?: boolean;
  protocols?: string[];
  quirks?: string[];
  legal_metrology?: boolean;
  configuration_template?: string;
  configuration?: WantedConfiguration;
  /** Parts of the protocol that it says it has. */
  features?: string[];
  desired_availability?: { evse_id: number; connector_id?: number; operative: boolean }[];
  meter_public_keys?: { evse_id?: number; public_key: string }[];
  connected: boolean;
  connected_since?: string;
  remote_address?: string;
  /** How the connection is secured; may be more than the station has to. */
  connection_security_profile?: SecurityProfile;
  certificate?: { common_name: string; fingerprint: string; expires_at: string };
  protocol?: string;
  vendor?: string;
  model?: string;
  serial_number?: string;
  firmware_version?: string;
  boot_status?: string;
  booted_at?: string;
  last_frame_at?: string;
  last_heartbeat_at?: string;
  /** By how much its clock is ahead of ours, by its latest live messages. */
  clock_skew_seconds?: number;
  /** OCPP 1.6 connector 0, OCPP 2.x station. */
  availability?: AvailabilityView;
  evses: EvseView[];
  open_transactions: string[];
}
