import type { TransactionEvent } from '@roambridge/domain';
import type { TokenDecision } from '../authorization/decision.js';
import { questionOf } from '../authorization/event-question.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import type { EventPorts } from './event-ports.js';

/** Whether an event says who pays: by a token, or by the command that it names. */
export function namesPayer({ idToken, remoteStartId }: TransactionEvent): boolean {
  return idToken !== undefined || remoteStartId !== undefined;
}

/** The decision about the token of an event, or about the command that it names. */
export async function decideToken(
  { authorizer, clock }: Pick<EventPorts, 'authorizer' | 'clock'>,
  station: StationAggregate,
  event: TransactionEvent,
  open?: OpenTransaction,
): Promise<TokenDecision | undefined> {
  const { idToken } = event;
  if (!idToken) {
    // D5-015: the charger names the command and no token; the command's token pays.
    return event.remoteStartId === undefined ? undefined : authorizer.byCommand(station, event.remoteStartId);
  }
  return authorizer.decide(station, questionOf(event, idToken, open?.transaction, clock.now()));
}
