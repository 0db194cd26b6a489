import { type Asked, commandFacts } from '../commands/new-command.js';
import type { ProfileAnswer, ProfileCommand } from '../model/command.js';
import type { SessionRecord } from '../model/session.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { openTransaction } from './open-transaction.js';
import { findSession, type ProfileDeskPorts, type ProfileRefusal } from './profile-ports.js';

/** A session of the partner whose transaction runs at a known EVSE. */
export interface RunningSession {
  station: StationAggregate;
  open: OpenTransaction;
  record: SessionRecord;
  evseId: number;
  /** What every command about its profile has. */
  facts: ReturnType<typeof commandFacts> & Required<Pick<ProfileCommand, 'transactionId' | 'evseId'>>;
  refuse(refusal: ProfileRefusal): ProfileAnswer;
}

/** Runs `task` in the queue of the station where the session runs, or says why it cannot be (D6-001). */
export async function withRunningSession(
  ports: ProfileDeskPorts,
  sessionId: string,
  asked: Asked,
  task: (running: RunningSession) => Promise<ProfileAnswer>,
): Promise<ProfileAnswer> {
  const { timeoutSeconds } = ports.execution;
  const refuse = (refusal: ProfileRefusal): ProfileAnswer => ({ ...refusal, timeoutSeconds });
  const found = await findSession(ports, asked.partner, sessionId);
  if (found.kind === 'refused') return refuse(found.refusal);
  const { record } = found;
  const { stationId, transactionId } = record;
  return ports.registry().run(stationId, async (station) => {
    const open = openTransaction(station, transactionId);
    const evseId = open?.transaction.evseId;
    if (!open || evseId === undefined) return refuse({ result: 'REJECTED', message: 'the session is over' });
    const facts = { ...commandFacts(asked, stationId, record.session), transactionId, evseId };
    return task({ station, open, record, evseId, facts, refuse });
  });
}
