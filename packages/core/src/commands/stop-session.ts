import type { DriverCommand, StopSessionCommand } from '../model/command.js';
import type { CallOutcome } from '../ports/station-link.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { type Receive, refusal } from './desk-ports.js';
import { commandFacts } from './new-command.js';
import { stopResult } from './result.js';

/** D5.3: ends the transaction behind a session of the partner. */
export const stopSession: Receive<StopSessionCommand> = async (ports, request, asked) => {
  const record = await ports.store.sessions.get(request.session_id);
  // D5-002, G14: another partner's session is as unknown as one that never was.
  if (!record || record.partnerId !== asked.partner.id) {
    return refusal(ports, { result: 'UNKNOWN_SESSION', message: 'no such session' });
  }
  const { status } = record.session;
  // D5-032
  if (status === 'RESERVATION') {
    return refusal(ports, {
      result: 'REJECTED',
      message: 'the session is a reservation: use CANCEL_RESERVATION',
    });
  }
  if (status !== 'ACTIVE' && status !== 'PENDING') {
    return refusal(ports, { result: 'REJECTED', message: `the session is ${status}` });
  }
  if (!ports.link().isConnected(record.stationId)) {
    return refusal(ports, { result: 'REJECTED', message: 'charge point offline' });
  }
  const transaction = await ports.store.transactions.get(record.transactionId);
  if (!transaction) return refusal(ports, { result: 'UNKNOWN_SESSION', message: 'no such session' });
  return ports.registry().run(record.stationId, (station) => {
    const command: DriverCommand = {
      ...commandFacts(asked, record.stationId, record.session),
      kind: 'STOP_SESSION',
      request,
      transactionId: record.transactionId,
    };
    return ports.execution.accept(station, command, {
      kind: 'stop-transaction',
      ocppTransactionId: transaction.ocppTransactionId,
    });
  });
};

export function stopOutcome(station: StationAggregate, command: DriverCommand, outcome: CallOutcome) {
  const stillOpen = [...station.open.values()].some(
    ({ transaction }) => transaction.id === command.transactionId,
  );
  return stopResult(outcome, stillOpen);
}
