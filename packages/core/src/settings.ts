import { type DoubtReason, MIN_PHASE_MS, type PartyId, type Rounding } from '@roambridge/domain';
import type { InventoryExtent } from './ports/station-link.js';

/** Durations in milliseconds; each is a setting of the same name in upper case (docs/reference/config.md). */
export interface CoreSettings {
  /** Heartbeat interval handed out, before jitter. */
  heartbeatIntervalMs: number;
  /** Time between the end of a session and its CDR (D3-001). */
  cdrSettleMs: number;
  /** How long a station may be away before its EVSEs become UNKNOWN (D1-040). */
  offlineGraceMs: number;
  /** An EVSE with an open transaction stays CHARGING while its station is away (D1-040). */
  offlineKeepCharging: boolean;
  /** How long a station may be away before its EVSEs are told as INOPERATIVE (D1-040); 0 = never. */
  offlineInoperativeAfterMs: number;
  /** Time after a reconnect before last known statuses count again (D1-042). */
  reconnectSettleMs: number;
  /** After a status was told, changes of the same EVSE are collected for this long (D1-030). */
  statusDebounceMs: number;
  /** Wait for a charger's answer to our call. */
  callTimeoutMs: number;
  /** A partner that does not answer is tried at least this often. */
  partnerRetryMs: number;
  /** Collecting time before a partner is told (performance: a session that changed ten times is mapped once). */
  pushLingerMs: number;
  /** Between two progress pushes of a session (D2-081). */
  sessionPushMinIntervalMs: number;
  /** What a station is asked to report of itself when it boots with other firmware (C-022). */
  bootReport: InventoryExtent | 'none';
  /** Whose transactions show their cost at the charger (C-053): nobody's, those that no eMSP bills, or all. */
  displayCost: 'none' | 'local_and_adhoc' | 'all';
  /** Configuration keys are read from stations that have them, and kept as wanted (B-050, B-060). */
  readConfiguration: boolean;
  /** Stations that booted are told again what is to be in operation (B-023). */
  reassertAvailability: boolean;
  /** Whether a station that booted is asked for its connectors: those that stay silent, all at once, or none (C-021). */
  bootStatus: 'silent' | 'all' | 'none';
  /** A phase that is shorter belongs to the one before it (D2-045). */
  phaseFlipMinMs: number;
  /** No charging period is longer than this, by the kind of current (D2-040); 0 = none is cut. */
  maxPeriodMs: Record<'ac' | 'dc', number>;
  /** What a pause counts as that the charger causes (D2-042). */
  suspendedEvseAs: 'TIME' | 'PARKING_TIME';
  /** Whether the meter shows parking where the charger says nothing else (D2-043). */
  inferParking: boolean;
  /** Where drivers find the signed data of a CDR: a URL with `{cdr_id}`; absent = nowhere (D3-022). */
  signedDataUrl?: string;
  /** Parties that are told a container with both ends of the session twice, as its Start too (D3-021). */
  signedStartCopyFor: readonly PartyId[];
  /** How amounts of a currency are rounded (OCPI TA-09); one without is rounded half up to four decimals. */
  rounding: Readonly<Record<string, Rounding>>;
  /** Running sessions tell power, current and state of charge of their newest period (D2-047). */
  sessionLiveDimensions: boolean;
  /** Wait for missing sequence numbers while the station is online (D2-072). */
  gapWaitMs: number;
  /** Between two questions whether a charger still has queued events (D2-072). */
  gapPollMs: number;
  /** After this time a gap is accepted (D2-072). */
  gapGiveUpMs: number;
  /** How long an ended session without energy must have been to have a CDR; 0 = always, Infinity = never (D3-010). */
  zeroEnergyCdrAfterMs: number;
  /** Where the charger ends transactions at the stop: the session goes on until the vehicle is gone (D2-005). */
  endAtUnplug: boolean;
  /** How long a vehicle may stay after the stop before its session ends all the same. */
  unplugWaitMs: number;
  /** How long a station on line has to deliver the end of a transaction that it seems to have lost (D3-040). */
  orphanWaitMs: number;
  /** Between two comparisons of the ledger with the CDRs (D3-050); 0 = none. */
  reconcileIntervalMs: number;
  /** How long a CDR with a synthetic end waits for the real one (D3-042). */
  orphanHoldMs: number;
  /**
   * How long a CDR waits for a person about whose session there is a doubt (D3-012); 0 = it is sent at once, Infinity or
   * nothing = until the person has decided.
   */
  doubtHoldMs: Partial<Record<DoubtReason, number>>;
  /** Added to the call timeout: when a partner may give up on a command (D5-001). */
  commandMarginMs: number;
  /** How long a transaction may follow an accepted START_SESSION (D5-015). */
  commandWindowMs: number;
  /** How far ahead partners may reserve (D5-042). */
  maxReservationMs: number;
  /** Whether partners may unlock an EVSE with a running transaction (D5-050). */
  unlockWithActiveTx: 'only_own_session' | 'never' | 'always';
  /** Least time between two charging profiles of a session (CP-06). */
  minProfileIntervalMs: number;
  /** Between two pushes of an active charging profile whose limit hardly changed (D6-022). */
  activeProfilePushMs: number;
  /** Between two looks at what a charger applies to a session with a profile (D6-022); 0 = only when something changed. */
  activeProfilePollMs: number;
  /** Chargers that do not do what they accepted are shown (D6-040). */
  verifyProfiles: boolean;
  /** Line to neutral, V: limits in A and in W are converted by it (D6-003). */
  nominalVoltageV: number;
  /** How long the registration or replaced token of a partner still works after a rotation (CR-21). */
  tokenGraceMs: number;
  /** How long an eMSP may take over a real-time authorization; below the time-outs of chargers (TO-30). */
  rtaTimeoutMs: number;
  /** How long the answer of an eMSP counts for the same token at the same station (D4-021). */
  rtaReuseMs: number;
  /** Between two comparisons with the token lists of partners, 0 = none (TO-06). */
  tokenPullIntervalMs: number;
  /** Between two comparisons of what partners have, 0 = none. */
  resyncIntervalMs: number;
  /** `realtime`: eMSPs are also asked about tokens with whitelist ALLOWED (D4.2). */
  allowedPolicy: 'local' | 'realtime';
  /** Who is asked about a token that nobody pushed: nobody, hubs, or every eMSP (D4.2 `rta_unknown`). */
  rtaUnknown: 'none' | 'hub' | 'all';
  /** `deny`: a token that pays for a running transaction starts no other one (D4-032). */
  concurrentSessions: 'allow' | 'deny';
  /** The operator's own cards count before tokens of partners (D4-002). */
  localTokensFirst: boolean;
  /** Stations that can are told which tokens to accept while they have no connection (D4.4). */
  localLists: boolean;
  /** Time in which changes of tokens are collected before local lists are told; also after a connection (D4-042). */
  localListDelayMs: number;
  /** How long a station's old password or client certificate counts beside its new one; ends when the new password is used. */
  oldKeyGraceMs: number;
  /** What becomes of chargers that nobody has entered. */
  unknownStations: 'reject' | 'quarantine';
  /** Whether chargers can connect by TLS, and prove themselves by client certificates. */
  chargerTls: 'off' | 'server' | 'mutual';
  /** Subject O of the client certificates of stations. */
  certificateOrganization: string;
  /** Largest file that a charger or the operator may send, bytes. */
  fileMaxBytes: number;
  /** All files together, bytes. */
  filesMaxBytes: number;
  /** How long a charger may use the URL of a file that it was given. */
  fileUrlMs: number;
  /** How long files that chargers sent are kept. */
  fileRetentionMs: number;
  /** What a token is answered that could not be looked up: Accepted instead of Invalid (D4-030). */
  failOpen: boolean;
}

export const DEFAULT_SETTINGS: CoreSettings = {
  heartbeatIntervalMs: 300_000,
  cdrSettleMs: 60_000,
  offlineGraceMs: 300_000,
  offlineKeepCharging: false,
  offlineInoperativeAfterMs: 0,
  reconnectSettleMs: 10_000,
  statusDebounceMs: 3_000,
  callTimeoutMs: 30_000,
  pushLingerMs: 250,
  sessionPushMinIntervalMs: 60_000,
  partnerRetryMs: 60_000,
  bootReport: 'full',
  displayCost: 'local_and_adhoc',
  readConfiguration: true,
  reassertAvailability: true,
  bootStatus: 'silent',
  phaseFlipMinMs: MIN_PHASE_MS,
  maxPeriodMs: { ac: 0, dc: 0 },
  suspendedEvseAs: 'TIME',
  inferParking: false,
  signedStartCopyFor: [],
  rounding: {},
  sessionLiveDimensions: true,
  gapWaitMs: 60_000,
  gapPollMs: 300_000,
  gapGiveUpMs: 24 * 3_600_000,
  zeroEnergyCdrAfterMs: 0,
  endAtUnplug: false,
  unplugWaitMs: 12 * 3_600_000,
  orphanWaitMs: 15 * 60_000,
  orphanHoldMs: 24 * 3_600_000,
  reconcileIntervalMs: 24 * 3_600_000,
  doubtHoldMs: {},
  commandMarginMs: 10_000,
  commandWindowMs: 300_000,
  maxReservationMs: 2 * 3_600_000,
  unlockWithActiveTx: 'only_own_session',
  minProfileIntervalMs: 10_000,
  activeProfilePushMs: 5 * 60_000,
  activeProfilePollMs: 15 * 60_000,
  verifyProfiles: true,
  nominalVoltageV: 230,
  tokenGraceMs: 60_000,
  rtaTimeoutMs: 4_000,
  rtaReuseMs: 300_000,
  tokenPullIntervalMs: 24 * 3_600_000,
  resyncIntervalMs: 24 * 3_600_000,
  allowedPolicy: 'local',
  rtaUnknown: 'none',
  concurrentSessions: 'allow',
  localTokensFirst: false,
  localLists: true,
  localListDelayMs: 60_000,
  oldKeyGraceMs: 24 * 3_600_000,
  unknownStations: 'reject',
  chargerTls: 'off',
  certificateOrganization: 'Roambridge',
  fileMaxBytes: 268_435_456,
  filesMaxBytes: 4_294_967_296,
  fileUrlMs: 3_600_000,
  fileRetentionMs: 30 * 24 * 3_600_000,
  failOpen: false,
};
