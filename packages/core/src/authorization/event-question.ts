import type { EpochMs, IdToken, Transaction } from '@roambridge/domain';
import type { ReportedEvent } from '../edges/charger-edge.js';
import type { TokenQuestion } from './decision.js';

/** The question about the token that comes with a transaction event. */
export function questionOf(
  event: ReportedEvent,
  idToken: IdToken,
  transaction: Transaction | undefined,
  now: EpochMs,
): TokenQuestion {
  return {
    idToken,
    at: event.at,
    now,
    ...(transaction ? { transaction } : {}),
    // A token that ends a transaction pays for nothing.
    purpose: event.eventType === 'Ended' ? 'ask' : 'start',
    ...(event.evseId === undefined ? {} : { evseId: event.evseId }),
    ...(event.remoteStartId === undefined ? {} : { remoteStartId: event.remoteStartId }),
    ...(event.reservationId === undefined ? {} : { reservationId: event.reservationId }),
  };
}
