import { explainBill, isPriced } from '@roambridge/domain';
import type { CdrExplanation } from '../model/explanation.js';
import type { CdrRecord } from '../model/session.js';
import { checkReadings, meterTraits } from '../signed-data/check-readings.js';
import { completedSessionOf, type RevisePorts } from './revise.js';

/** Explains a CDR out of the record of its transaction; undefined = there is no such CDR. */
export async function explainCdr(ports: RevisePorts, id: string): Promise<CdrExplanation | undefined> {
  const { store, directory, registry } = ports;
  const asked = await store.cdrs.get(id);
  const original = asked?.cdr.credit_reference_id;
  const record = original === undefined ? asked : await store.cdrs.get(original);
  if (!record) return undefined;
  const explanation: CdrExplanation = {
    record,
    ...(original === undefined ? {} : { creditId: id }),
    addsUp: false,
    events: await eventsWithFrames(ports, record),
    signed: [],
  };
  const completed = await completedSessionOf(ports, record);
  if (!completed) return explanation;
  explanation.signed = checkReadings(
    completed.transaction,
    meterTraits(directory.find(record.stationId), registry().peek(record.stationId)?.state),
  );
  const { facts, subject } = completed;
  const { pricing } = facts;
  if (!pricing || !subject.tariff) explanation.unpriceable = 'NO_TARIFF';
  else if (pricing.kind === 'unpriceable') explanation.unpriceable = pricing;
  else {
    explanation.bill = explainBill(facts, pricing.lines, explanation.events);
    explanation.addsUp = isPriced(record.cdr) && record.cdr.total_cost.excl_vat === explanation.bill.sum;
  }
  return explanation;
}

async function eventsWithFrames(
  { store }: RevisePorts,
  { transactionId, stationId }: CdrRecord,
): Promise<CdrExplanation['events']> {
  const events = await store.transactions.events(transactionId);
  const messages = events.flatMap(({ messageId, event }) =>
    messageId === undefined ? [] : [{ messageId, at: event.receivedAt }],
  );
  const frames = await store.frames.ofMessages(stationId, messages);
  const byMessage = new Map(frames.map((frame) => [`${frame.at} ${frame.messageId}`, frame]));
  return events.map((record) => {
    const frame = byMessage.get(`${record.event.receivedAt} ${record.messageId}`);
    return frame ? { ...record, frame } : record;
  });
}
