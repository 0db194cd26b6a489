import type { ActiveChargingProfile, ChargingProfile, EpochMs, IdToken, Token } from '@roambridge/domain';

/** OCPI CommandResultType (2.2.1); 2.1.1 is mapped at the edge. */
export type CommandResultType =
  | 'ACCEPTED'
  | 'CANCELED_RESERVATION'
  | 'EVSE_OCCUPIED'
  | 'EVSE_INOPERATIVE'
  | 'FAILED'
  | 'NOT_SUPPORTED'
  | 'REJECTED'
  | 'TIMEOUT'
  | 'UNKNOWN_RESERVATION';

/** OCPI ChargingProfileResultType: it knows no time-out and no failure (CP-04, CP-07). */
export type ProfileResultType = 'ACCEPTED' | 'REJECTED' | 'UNKNOWN';

/** What every synchronous answer has: its result and the reason that a person can read. */
interface Answer<Result extends string> {
  result: Result;
  /** Seconds after which the partner may give up (D5-001). */
  timeoutSeconds: number;
  message?: string;
  /** The location, EVSE or connector is not known: OCPI 2003 beside REJECTED (ST-19, CO-23). */
  unknownLocation?: true;
}

/** OCPI CommandResponse. */
export type CommandAnswer = Answer<'ACCEPTED' | 'REJECTED' | 'NOT_SUPPORTED' | 'UNKNOWN_SESSION'>;

/** OCPI ChargingProfileResponse. */
export type ProfileAnswer = Answer<
  'ACCEPTED' | 'REJECTED' | 'NOT_SUPPORTED' | 'UNKNOWN_SESSION' | 'TOO_OFTEN'
>;

export interface StartSessionCommand {
  response_url: string;
  token: Token;
  location_id: string;
  evse_uid?: string;
  connector_id?: string;
  authorization_reference?: string;
}

export interface StopSessionCommand {
  response_url: string;
  session_id: string;
}

export interface ReserveNowCommand {
  response_url: string;
  token: Token;
  expiry_date: string;
  /** The partner's own; chargers never see it (CO-17). Text of an integer for OCPI 2.1.1. */
  reservation_id: string;
  location_id: string;
  evse_uid?: string;
  authorization_reference?: string;
}

export interface CancelReservationCommand {
  response_url: string;
  reservation_id: string;
}

export interface UnlockConnectorCommand {
  response_url: string;
  location_id: string;
  evse_uid: string;
  connector_id: string;
}

export interface SetProfileCommand {
  response_url: string;
  session_id: string;
  charging_profile: ChargingProfile;
}

export interface ClearProfileCommand {
  response_url: string;
  session_id: string;
}

export interface GetProfileCommand {
  response_url: string;
  session_id: string;
  /** Seconds. */
  duration: number;
}

interface CommandFacts {
  id: string;
  partnerId: string;
  /** Empty where no charger was asked. */
  stationId: string;
  evseId?: number;
  connectorId?: number;
  /** Hash of partner, response_url and body (D5-003). */
  requestKey: string;
  state: 'accepted' | 'sent' | 'settled';
  /** START_SESSION, RESERVE_NOW: what the charger was given, to recognise the transaction (D5-015). */
  idTag?: string;
  remoteStartId?: number;
  correlationId: string;
  hostedParty: { country_code: string; party_id: string };
  /** The party that asked, where the request named it. */
  requester?: { country_code: string; party_id: string };
  createdAt: EpochMs;
  /** Until when a transaction may still belong to it. */
  windowEndsAt: EpochMs;
  /** Transaction that the command led to, or that it is about. */
  transactionId?: string;
  /** The integer by which the charger knows the reservation. */
  reservationId?: number;
}

/** What partners ask a charger to do, by OCPI's own names. */
export type DriverCommand = CommandFacts & { result?: CommandResultType } & (
    | { kind: 'START_SESSION'; request: StartSessionCommand }
    | { kind: 'STOP_SESSION'; request: StopSessionCommand }
    | { kind: 'RESERVE_NOW'; request: ReserveNowCommand; idToken: IdToken; reservationId: number }
    | { kind: 'CANCEL_RESERVATION'; request: CancelReservationCommand }
    | { kind: 'UNLOCK_CONNECTOR'; request: UnlockConnectorCommand }
  );

/** What partners ask about the charging profile of a session. */
export type ProfileCommand = CommandFacts & { result?: ProfileResultType } & (
    | { kind: 'SET_PROFILE'; request: SetProfileCommand }
    | { kind: 'CLEAR_PROFILE'; request: ClearProfileCommand }
    | { kind: 'GET_PROFILE'; request: GetProfileCommand; active?: ActiveChargingProfile }
  );

/** A command as it is kept until its result was told and its correlation window is over. */
export type Command = DriverCommand | ProfileCommand;

/** A command that names a token, which the charger then has to accept (CO-11). */
export type TokenCommand = Extract<Command, { kind: 'START_SESSION' | 'RESERVE_NOW' }>;
