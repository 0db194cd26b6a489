import type { EpochMs, Token } from '@roambridge/domain';

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

/** OCPI CommandResponseType plus the reason that a person can read. */
export interface CommandAnswer {
  result: 'ACCEPTED' | 'REJECTED' | 'NOT_SUPPORTED' | 'UNKNOWN_SESSION';
  /** Seconds after which the partner may give up (D5-001). */
  timeoutSeconds: number;
  message?: string;
  /** The location, EVSE or connector is not known: OCPI 2003 beside REJECTED (ST-19, CO-23). */
  unknownLocation?: true;
}

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

/** A command as it is kept until its result was told and its correlation window is over. */
export interface Command {
  id: string;
  partnerId: string;
  kind: 'START_SESSION' | 'STOP_SESSION';
  stationId: string;
  evseId?: number;
  connectorId?: number;
  request: StartSessionCommand | StopSessionCommand;
  /** Hash of partner, response_url and body (D5-003). */
  requestKey: string;
  state: 'accepted' | 'sent' | 'settled';
  result?: CommandResultType;
  /** START_SESSION: what the charger was given, to recognise the transaction (D5-015). */
  idTag?: string;
  remoteStartId?: number;
  correlationId: string;
  hostedParty: { country_code: string; party_id: string };
  createdAt: EpochMs;
  /** Until when a transaction may still belong to it. */
  windowEndsAt: EpochMs;
  /** Transaction that the command led to. */
  transactionId?: string;
}
