import type { Cdr, Evse, Location, Session, Tariff } from '@roambridge/domain';
import type { CommandResultType } from '../model/command.js';
import type { Partner } from '../model/partner.js';

/** One thing that a partner must be told, complete and version-neutral. */
export type Notice =
  | { kind: 'evse-status'; location: Location; evse: Evse }
  | { kind: 'location'; location: Location }
  | { kind: 'tariff'; tariff: Tariff }
  | { kind: 'tariff-removed'; country_code: string; party_id: string; id: string }
  /** `location` is narrowed to the EVSE and connector in use (OCPI 2.1.1 embeds it). */
  | { kind: 'session'; session: Session; location: Location }
  /** Only energy and cost moved since the partner was last told. */
  | { kind: 'session-progress'; session: Session; location: Location }
  | { kind: 'cdr'; cdr: Cdr; location: Location }
  | {
      kind: 'command-result';
      responseUrl: string;
      result: CommandResultType;
      message?: string;
      correlationId: string;
      /** Our party in whose name the result is sent. */
      from: { country_code: string; party_id: string };
    };

/** How telling a partner went (ST-30: HTTP 2xx and 1000 <= status_code < 2000 is success). */
export type NoticeOutcome =
  | { kind: 'acknowledged'; location?: string }
  /** The partner does not know the object (404 / 2003): tell it the parent or the whole. */
  | { kind: 'unknown-object'; detail: string }
  /** An answer that will not change by repeating it. */
  | { kind: 'refused'; httpStatus: number; statusCode?: number; detail: string }
  /** No usable answer: connection, time-out, 5xx, 429, 3xxx, not JSON. */
  | { kind: 'unreachable'; detail: string; retryAfterMs?: number }
  /** The partner has no such interface, or its version cannot carry the object. Nothing to tell. */
  | { kind: 'not-applicable'; detail: string };

/** The partner edge as core sees it. Implemented by packages/ocpi. */
export interface PartnerLink {
  /** Whether the partner's version has a way to take a CDR back (CD-20, CD-25). */
  takesCredits(partner: Partner): boolean;
  tell(partner: Partner, notice: Notice): Promise<NoticeOutcome>;
}
