import type {
  Cdr,
  ChargingPreferences,
  EpochMs,
  InvoiceRecord,
  Location,
  PartyId,
  Session,
  Tariff,
  Token,
} from '@roambridge/domain';
import type { PreferencesAnswer } from '../model/charging-profile.js';
import type {
  CancelReservationCommand,
  ClearProfileCommand,
  CommandAnswer,
  GetProfileCommand,
  ProfileAnswer,
  ReserveNowCommand,
  SetProfileCommand,
  StartSessionCommand,
  StopSessionCommand,
  UnlockConnectorCommand,
} from '../model/command.js';
import type { RawExchange } from '../model/exchange.js';
import type { HubClient } from '../model/hub-client.js';
import type { Partner, Registration } from '../model/partner.js';
import type { ListPage } from '../ports/store.js';

export interface PartnerPage {
  dateFrom?: EpochMs;
  dateTo?: EpochMs;
  offset: number;
  limit: number;
  /** From the link of the page before. */
  after?: string;
  total?: number;
}

type ObjectKey = Pick<InvoiceRecord, 'country_code' | 'party_id' | 'id'>;

/** A CPO party that this platform hosts. */
export interface HostedParty {
  country_code: string;
  party_id: string;
  name: string;
}

/**
 * What the partner edge may ask of core. The partner comes from the credential alone (S11); every answer is limited
 * to what this partner may see.
 */
export interface PartnerEdge extends PartnerCommands {
  hostedParties: HostedParty[];
  /**
   * First candidate that is a valid inbound token; `index` tells which form matched (TR-007). Who presents a registration
   * token again, because the answer to its registration did not arrive, is one that is still to register.
   */
  authenticate(candidates: string[]): { partner: Partner; index: number } | undefined;

  /** Keeps one exchange, in either direction, in the journal; costs the caller next to nothing. */
  noteExchange(partner: Partner, exchange: RawExchange): void;

  /** Stores what was learnt in the handshake and returns the new inbound token. */
  completeRegistration(partnerId: string, registration: Registration): Promise<{ inboundToken: string }>;
  /** The answer with the new token has left: the registration token ends (CR-15). */
  answeredRegistration(partnerId: string): void;
  /** PUT credentials: the same, old inbound token valid for a short grace period (CR-21). */
  updateRegistration(partnerId: string, registration: Registration): Promise<{ inboundToken: string }>;
  /** DELETE credentials: tokens end, nothing more is sent (CR-23). */
  unregister(partnerId: string): Promise<void>;

  /** What a hub tells of a party behind it; undefined = the partner is no hub (HU-01). */
  putHubClient(partner: Partner, client: HubClient): Promise<{ created: boolean } | undefined>;
  hubClient(partner: Partner, party: PartyId): HubClient | undefined;

  locations(partner: Partner, page: PartnerPage): Promise<ListPage<Location>>;
  location(partner: Partner, id: string): Promise<Location | undefined>;
  tariffs(partner: Partner, page: PartnerPage): Promise<ListPage<Tariff>>;
  /** `location` is the session's narrowed snapshot. */
  sessions(partner: Partner, page: PartnerPage): Promise<ListPage<{ session: Session; location: Location }>>;
  cdrs(partner: Partner, page: PartnerPage): Promise<ListPage<{ cdr: Cdr; location: Location }>>;

  /** Our invoices to the partner. */
  invoices(partner: Partner, page: PartnerPage): Promise<ListPage<InvoiceRecord>>;
  /** Those that the partner writes in our name (IR-01). */
  invoice(partner: Partner, key: ObjectKey): Promise<InvoiceRecord | undefined>;
  putInvoice(partner: Partner, record: InvoiceRecord): Promise<{ created: boolean }>;
  removeInvoice(partner: Partner, key: ObjectKey): Promise<boolean>;

  token(
    partner: Partner,
    key: { country_code: string; party_id: string; uid: string; type?: string },
  ): Promise<Token | undefined>;
  putToken(partner: Partner, token: Token): Promise<{ created: boolean }>;

  setPreferences(
    partner: Partner,
    sessionId: string,
    preferences: ChargingPreferences,
  ): Promise<PreferencesAnswer>;
}

/** What partners may ask of chargers (D5, D6): each is answered at once, its result is told later. */
export interface PartnerCommands {
  startSession: Ask<StartSessionCommand, CommandAnswer>;
  stopSession: Ask<StopSessionCommand, CommandAnswer>;
  reserveNow: Ask<ReserveNowCommand, CommandAnswer>;
  cancelReservation: Ask<CancelReservationCommand, CommandAnswer>;
  unlockConnector: Ask<UnlockConnectorCommand, CommandAnswer>;
  setProfile: Ask<SetProfileCommand, ProfileAnswer>;
  clearProfile: Ask<ClearProfileCommand, ProfileAnswer>;
  getProfile: Ask<GetProfileCommand, ProfileAnswer>;
}

/** `requester`: the party that asked, where the request named it. */
type Ask<Request, Answer> = (
  partner: Partner,
  request: Request,
  correlationId: string,
  requester?: PartyId,
) => Promise<Answer>;
