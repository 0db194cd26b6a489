import type { ChargerEdge, Log } from '@roambridge/core';
import type { OcppCounters } from '../counters.js';
import type { Protocol } from '../protocol.js';
import type { InboundCall } from '../routing.js';
import { WireFault } from '../validation/wire-fault.js';
import { addAnomaly, schemaAnomaly } from './answer-call.js';
import type { AnswerMemory } from './answer-memory.js';
import { type Frame, payloadObject } from './frame.js';
import { frameRecord } from './records.js';

export type UnansweredFrame = Extract<Frame, { kind: 'send' | 'result-error' }>;

interface UnansweredWorld {
  edge: ChargerEdge;
  protocol: Protocol;
  stationId: string;
  counters: OcppCounters;
  memory: AnswerMemory;
  log: Log;
}

/** Keeps a message that nobody answers, whatever is in it. Never rejects. */
export async function receiveUnanswered(
  world: UnansweredWorld,
  frame: UnansweredFrame,
  received: { raw: string; at: number; anomalies: readonly string[] },
): Promise<void> {
  const { edge, stationId, counters, memory, log } = world;
  const isSend = frame.kind === 'send';
  const record = frameRecord({
    stationId,
    at: received.at,
    direction: 'in',
    messageType: isSend ? 6 : 5,
    messageId: frame.id,
    action: isSend ? frame.action : (memory.actionOf(stationId, String(frame.id)) ?? null),
    raw: received.raw,
  });
  // Nothing is answered, so nothing comes after an answer.
  const call: InboundCall = { edge, stationId, receivedAt: received.at, frame: record, afterAnswer() {} };
  for (const anomaly of received.anomalies) addAnomaly(call, anomaly);
  try {
    if (isSend) await keepSend(world, frame, call);
    else await keepResultError(world, frame, call);
  } catch (cause) {
    counters.notStored += 1;
    log.error({ stationId, action: record.action, err: cause }, 'message not stored');
  }
}

async function keepSend(
  { edge, protocol, stationId, counters }: UnansweredWorld,
  { action, payload }: Extract<Frame, { kind: 'send' }>,
  call: InboundCall,
): Promise<void> {
  const boot = edge.bootStatus(stationId);
  const read = protocol.sends.get(action);
  const object = payloadObject(payload);
  if (boot !== 'Accepted' && !protocol.allowsBeforeAcceptance(action, boot)) addAnomaly(call, 'NOT_BOOTED');
  else if (read === undefined) addAnomaly(call, 'UNKNOWN_ACTION');
  else if (object === undefined) addAnomaly(call, 'PAYLOAD_NOT_AN_OBJECT');
  else if (isReadable(() => read(object, call), call)) {
    for (const violation of protocol.schemas.diagnoseSend(action, object) ?? []) {
      addAnomaly(call, schemaAnomaly(violation));
    }
    if (call.frame.verdict === 'repaired') counters.repaired += 1;
    await edge.journal(call.frame);
    return;
  }
  call.frame.verdict = 'quarantined';
  counters.quarantined += 1;
  await edge.journal(call.frame);
}

function isReadable(read: () => void, call: InboundCall): boolean {
  try {
    read();
    return true;
  } catch (cause) {
    if (!(cause instanceof WireFault)) throw cause;
    addAnomaly(call, cause.message);
    return false;
  }
}

/** the charger did not understand our answer; where that was about a transaction somebody has to know. */
async function keepResultError(
  { edge, protocol, stationId, counters }: UnansweredWorld,
  { code, description }: Extract<Frame, { kind: 'result-error' }>,
  call: InboundCall,
): Promise<void> {
  const { action } = call.frame;
  counters.answersRefused += 1;
  addAnomaly(call, action === null ? 'UNKNOWN_MESSAGE_ID' : 'ANSWER_NOT_UNDERSTOOD');
  const billing = action !== null && protocol.routes.get(action)?.messageClass === 'billing';
  if (billing) await edge.answerNotUnderstood(stationId, { action, code, description }, call.frame);
  else await edge.journal(call.frame);
}
