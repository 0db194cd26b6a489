import type {
  AuthorizationOutcome,
  CancelReservationCommand,
  CommandAnswer,
  CommandResultType,
  HostedParty,
  PartnerEndpoint,
  PartnerRole,
  ReserveNowCommand,
  SetProfileCommand,
  StartSessionCommand,
  StopSessionCommand,
  UnlockConnectorCommand,
} from '@roambridge/core';
import type { Cdr, Connector, Evse, Location, PartyId, Session, Tariff, Token } from '@roambridge/domain';
import type { WireObject } from '../wire/project.js';

export const OCPI_VERSIONS = ['2.1.1', '2.2.1', '2.3.0'] as const;
export type OcpiVersion = (typeof OCPI_VERSIONS)[number];

export type ModuleId =
  | 'credentials'
  | 'locations'
  | 'sessions'
  | 'cdrs'
  | 'tariffs'
  | 'tokens'
  | 'commands'
  | 'chargingprofiles'
  | 'hubclientinfo'
  | 'invoicereconciliation';

/** `toWire` answers undefined where the version cannot carry the object (OCPI MP-15, LO-23). */
export interface LocationAdapter {
  toWire(location: Location): WireObject | undefined;
  /** A location that the partner has and that is not published any more. */
  withdrawnToWire(location: Location): WireObject | undefined;
  evseToWire(evse: Evse): WireObject | undefined;
  connectorToWire(connector: Connector): WireObject | undefined;
}

export interface TariffAdapter {
  toWire(tariff: Tariff): WireObject | undefined;
}

export interface SessionAdapter {
  /** `location` is narrowed to the EVSE and connector in use. */
  toWire(session: Session, location: Location): WireObject | undefined;
  /** Body of a PATCH with energy and cost only. */
  progressToWire(session: Session): WireObject | undefined;
}

export interface CdrAdapter {
  /** Always answers: a CDR is money and leaves in the best form that the version has. */
  toWire(cdr: Cdr, location: Location): WireObject;
}

export interface TokenAdapter {
  toWire(token: Token): WireObject;
  /** `owner` is the party of the URL; 2.1.1 tokens have no owner of their own (MP-11). */
  fromWire(body: unknown, owner: PartyId): Token;
  /** Type that a URL without `?type=` means; absent where the URL has no such parameter (TO-02). */
  defaultType?: string;
  /** Type of a token in a question about it. */
  typeToWire(type: string): string;
  /** Answer to a real-time authorization; undefined = not usable. */
  readAuthorization(data: unknown): AuthorizationInfo | undefined;
}

/** An eMSP's answer about a token (TO-24). */
export type AuthorizationInfo = Omit<Extract<AuthorizationOutcome, { kind: 'answered' }>, 'kind'>;

/** What a partner tells about itself. */
export interface PeerCredentials {
  token: string;
  url: string;
  roles: PartnerRole[];
  /** The own party of a hub (OCPI CR-05). */
  hubParty?: PartyId;
}

export interface CredentialsAdapter {
  toWire(credentials: { token: string; url: string; parties: HostedParty[] }): WireObject;
  fromWire(body: unknown): PeerCredentials;
}

export interface CommandsAdapter {
  /** START_SESSION can name a connector (CO-13). */
  takesConnector: boolean;
  /** Commands of any name exist in this version, although this platform does not offer them (CO-24). */
  openNames: boolean;
  startSession(body: unknown, owner: PartyId): StartSessionCommand;
  stopSession(body: unknown): StopSessionCommand;
  reserveNow(body: unknown, owner: PartyId): ReserveNowCommand;
  /** Absent where the version has no such command (CO-19). */
  cancelReservation?: (body: unknown) => CancelReservationCommand;
  unlockConnector(body: unknown): UnlockConnectorCommand;
  answerToWire(answer: CommandAnswer): WireObject;
  /** undefined = the version has no word for it. */
  resultToWire(result: CommandResultType, message: string | undefined): WireObject | undefined;
}

export interface ChargingProfilesAdapter {
  fromWire(body: unknown): Omit<SetProfileCommand, 'session_id'>;
}

/** Everything that one OCPI version does differently from the others. */
export interface VersionAdapter {
  version: OcpiVersion;
  /** Form of tokens in the Authorization header (OCPI TR-003, TR-004). */
  tokenEncoding: 'raw' | 'base64';
  /** Functional modules carry message routing headers (OCPI RT-01). */
  routesMessages: boolean;
  /** There are hubs, which tell of the parties behind them (OCPI HU-01). */
  knowsHubs: boolean;
  /** Credentials name exactly one party (OCPI CR-01). */
  hasOneParty: boolean;
  /** A connector names a single tariff (OCPI MP-03). */
  hasOneTariff: boolean;
  /** A PATCH without last_updated is refused (OCPI ST-10). */
  patchNeedsLastUpdated: boolean;
  /** A CDR can be taken back by another one (OCPI CD-20, CD-25). */
  hasCreditCdrs: boolean;
  /** There are records of invoices (OCPI IR-01). */
  hasInvoices: boolean;
  /** Tariffs and CDRs have words for reservations (OCPI MP-08, MP-10). */
  hasReservationPrices: boolean;
  /** Status code beside HTTP 404 for a token that is not stored (OCPI ST-04). */
  unknownTokenStatus: number;
  /** Whether two object ids are the same (OCPI TR-030). */
  sameId(left: string, right: string): boolean;
  endpointToWire(endpoint: { identifier: string; role: 'SENDER' | 'RECEIVER'; url: string }): WireObject;
  /** undefined = not an endpoint that this version knows how to use (OCPI VE-07). */
  endpointFromWire(endpoint: unknown): PartnerEndpoint | undefined;
  credentials: CredentialsAdapter;
  location: LocationAdapter;
  tariff: TariffAdapter;
  session: SessionAdapter;
  cdr: CdrAdapter;
  token: TokenAdapter;
  commands: CommandsAdapter;
  /** Absent where the version knows neither charging profiles nor preferences. */
  chargingProfiles?: ChargingProfilesAdapter;
}
