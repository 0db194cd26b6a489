import type {
  ActiveChargingProfile,
  AllowedType,
  Cdr,
  Evse,
  InvoiceRecord,
  Location,
  LocationReference,
  PartyId,
  Session,
  Tariff,
  Token,
} from '@roambridge/domain';
import type { CommandResultType, ProfileResultType } from '../model/command.js';
import type { ObjectLoss } from '../model/downgrade.js';
import type { HubClient } from '../model/hub-client.js';
import type { Partner, PartnerEndpoint, Registration } from '../model/partner.js';
import type { ProbeReport } from '../model/probe.js';

/** One thing that a partner must be told, complete and version-neutral. */
export type Notice =
  | { kind: 'evse-status'; location: Location; evse: Evse }
  | { kind: 'location'; location: Location }
  /** The partner has it, and it is not published any more. */
  | { kind: 'location-withdrawn'; location: Location }
  | { kind: 'tariff'; tariff: Tariff }
  | { kind: 'tariff-removed'; country_code: string; party_id: string; id: string }
  /** `location` is narrowed to the EVSE and connector in use (OCPI 2.1.1 embeds it). */
  | { kind: 'session'; session: Session; location: Location; correlationId?: string }
  /** Only energy and cost moved since the partner was last told. */
  | { kind: 'session-progress'; session: Session; location: Location; correlationId?: string }
  | { kind: 'cdr'; cdr: Cdr; location: Location; correlationId?: string }
  /** `isNew`: the partner was never told of it. */
  | { kind: 'invoice'; record: InvoiceRecord; isNew: boolean }
  | { kind: 'invoice-removed'; country_code: string; party_id: string; id: string }
  | {
      kind: 'command-result';
      responseUrl: string;
      result: CommandResultType;
      message?: string;
      correlationId: string;
      /** Our party in whose name the result is sent. */
      from: PartyId;
      /** Who asked, where it was named. */
      to?: PartyId;
    }
  | {
      kind: 'profile-result';
      responseUrl: string;
      result: ProfileResultType;
      /** Answer to a question, when there is one. */
      active?: ActiveChargingProfile;
      correlationId: string;
      from: PartyId;
      /** Who asked, where it was named. */
      to?: PartyId;
    }
  | {
      kind: 'active-charging-profile';
      sessionId: string;
      active: ActiveChargingProfile;
      from: PartyId;
      to: PartyId;
    };

/** How telling a partner went (ST-30: HTTP 2xx and 1000 <= status_code < 2000 is success). */
export type NoticeOutcome =
  | { kind: 'acknowledged'; location?: string }
  /** The partner does not know the object (404 / 2003): tell it the parent or the whole. */
  | { kind: 'unknown-object'; detail: string }
  /** An answer that will not change by repeating it. */
  | { kind: 'refused'; httpStatus: number; statusCode?: number; detail: string }
  /** No usable answer: connection, time-out, 5xx, 429, 3xxx, not JSON. */
  | { kind: 'unreachable'; detail: string; retryAfterMs?: number; ofParty?: true }
  /** The party behind the hub cannot be told now; the hub itself answers (HU-03, RT-13). */
  | { kind: 'away'; detail: string }
  /** The partner has no such interface, or its version cannot carry the object. Nothing to tell. */
  | { kind: 'not-applicable'; detail: string };

/** A token whose eMSP is asked whether it may charge now (OCPI TO-20). */
export interface AuthorizationQuestion {
  /** In the spelling that the eMSP is to look up. */
  uid: string;
  type: string;
  /** Where it is presented (TO-21); absent where the station belongs to no location. */
  location?: Omit<LocationReference, 'connectorIds'>;
  /** The token's owner, where known. */
  to?: PartyId;
  /** Our party at whose station it is presented. */
  from: PartyId;
}

export type AuthorizationOutcome =
  | {
      kind: 'answered';
      allowed: AllowedType;
      /** Not in 2.1.1 (TO-24). */
      token?: Token;
      /** Limits the EVSEs (TO-26). */
      location?: LocationReference;
      authorizationReference?: string;
      info?: string;
    }
  /** HTTP 404 or 2004 (TO-23). */
  | { kind: 'unknown-token' }
  /** 2002 (TO-22). */
  | { kind: 'not-enough-information' }
  /** No usable answer in time. */
  | { kind: 'unreachable'; detail: string }
  /** The partner has no such interface. */
  | { kind: 'not-applicable'; detail: string };

/** A page of a partner's token list. */
export type TokenPage =
  | {
      kind: 'page';
      tokens: Token[];
      /** Objects that are no tokens. */
      unreadable: number;
      /** How many the whole list has, as the partner says. */
      total?: number;
      /** Where the next page is. */
      next?: string;
    }
  | { kind: 'unreachable'; detail: string }
  | { kind: 'not-applicable'; detail: string };

/** How the partner's copy of an object compares with ours. */
export type ObjectComparison =
  | { kind: 'same' }
  | { kind: 'missing' }
  /** `theirs`: its `last_updated`. */
  | { kind: 'different'; members: string[]; theirs?: string }
  /** Its version cannot carry the object, or nobody knows where its copy is. */
  | { kind: 'unverifiable' }
  /** The partner lets nobody read what it has of this module. */
  | { kind: 'not-offered'; detail: string }
  | { kind: 'unreachable'; detail: string };

/** What a platform offers that we are to register with (CR-11). */
export type Discovery =
  | {
      kind: 'found';
      /** The highest version that both sides have (VE-09). */
      version: string;
      endpoints: PartnerEndpoint[];
      tokenEncoding: 'raw' | 'base64';
    }
  | { kind: 'unusable' | 'no-common-version' | 'endpoints-missing'; detail: string };

/** How the partner took our credentials. */
export type CredentialsOutcome =
  | {
      kind: 'accepted';
      credentials: Pick<Registration, 'outboundToken' | 'versionsUrl' | 'roles' | 'hubParty'>;
    }
  /** `unauthorized` = it does not know our token; `registered` = POST, although it has us already (CR-19). */
  | { kind: 'refused'; why: 'unauthorized' | 'registered' | 'other'; detail: string }
  /** Nobody knows whether the partner has them. */
  | { kind: 'unknown'; detail: string };

/** A page of the parties behind a hub. */
export type HubClientPage =
  | { kind: 'page'; clients: HubClient[]; next?: string }
  | { kind: 'unreachable'; detail: string }
  | { kind: 'not-applicable'; detail: string };

/** The partner edge as core sees it. Implemented by packages/ocpi. */
export interface PartnerLink {
  /** Whether the partner's version has a way to take a CDR back (CD-20, CD-25). */
  takesCredits(partner: Partner): boolean;
  /** Whether the partner's version can say what a reservation costs (MP-08, MP-10). */
  billsReservations(partner: Partner): boolean;
  /** Whether a connector of the partner's version has room for one tariff only (MP-03). */
  namesOneTariff(partner: Partner): boolean;
  /** Whether a connection of the partner's version is about a single party of ours (CR-02). */
  hasOneParty(partner: Partner): boolean;
  /** The versions and modules that we offer, as one text that changes when they do. */
  offer(): string;
  /** Why this URL of a platform must not be called; undefined = it may. */
  refusal(url: string): Promise<string | undefined>;
  /** Reads versions and endpoints with the partner's outbound token. */
  discover(partner: Partner, versionsUrl: string): Promise<Discovery>;
  /** Sends our credentials with `token` in them for the partner to use. */
  sendCredentials(partner: Partner, method: 'POST' | 'PUT', token: string): Promise<CredentialsOutcome>;
  /** Tells the partner that the connection ends; nothing depends on its answer (CR-23). */
  endCredentials(partner: Partner): Promise<void>;
  /** The first page of the parties behind a hub, or the one that a page named (HU-05). */
  hubClients(partner: Partner, next?: string): Promise<HubClientPage>;
  /** Looks at the partner's platform with requests that change nothing. */
  probe(partner: Partner): Promise<ProbeReport>;
  /** What of an object the partner's version has no place for; asks nobody. */
  loss(
    partner: Partner,
    subject: { kind: 'location'; location: Location } | { kind: 'tariff'; tariff: Tariff },
  ): ObjectLoss;
  /** Reads the partner's copy of what the notice tells in full; `remoteUrl`: where a CDR was put (CD-02). */
  compare(partner: Partner, notice: Notice, remoteUrl: string | undefined): Promise<ObjectComparison>;
  tell(partner: Partner, notice: Notice): Promise<NoticeOutcome>;
  /** The first page of the partner's token list, or the one that a page named (TO-06). */
  tokenPage(partner: Partner, next?: string): Promise<TokenPage>;
  /** Real-time authorization; answers within `timeoutMs`, whatever the partner does. */
  authorize(
    partner: Partner,
    question: AuthorizationQuestion,
    timeoutMs: number,
  ): Promise<AuthorizationOutcome>;
}
