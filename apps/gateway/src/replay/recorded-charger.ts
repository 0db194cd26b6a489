import { z } from 'zod';
import type { RecordedFrame } from './recording.js';

type Call = Extract<RecordedFrame, { kind: 'call' }>;
type Answer = Extract<RecordedFrame, { kind: 'answer' }>;

const gatewayCall = z.tuple([z.literal(2), z.string(), z.string(), z.unknown()]);
const startAnswer = z.tuple([z.literal(3), z.string(), z.looseObject({ transactionId: z.int() })]);
const withTransactionId = z
  .tuple([z.literal(2), z.string(), z.string(), z.looseObject({ transactionId: z.int() })])
  .rest(z.unknown());

/**
 * Speaks for the station of a record: repeats its messages, answers the gateway's calls as the record does, and knows
 * that where the gateway gives transaction ids, those of the replay are not those of the record.
 */
export interface RecordedCharger {
  /** Text of a recorded call as it fits into the replay. */
  adapted(frame: Call): string;
  /** What the station answers to a text of the gateway; undefined = nothing. */
  answerTo(raw: string): string | undefined;
}

export function createRecordedCharger(frames: readonly RecordedFrame[]): RecordedCharger {
  const recordedIds = new Map<string, number>();
  const ids = new Map<number, number>();
  const answers = answersByAction(frames);
  for (const frame of frames) {
    if (frame.kind !== 'answer' || frame.from !== 'gateway') continue;
    const start = startAnswer.safeParse(frame.message);
    if (start.success) recordedIds.set(frame.id, start.data[2].transactionId);
  }
  return {
    adapted({ raw }) {
      const message = withTransactionId.safeParse(JSON.parse(raw));
      if (!message.success) return raw;
      const [type, id, action, payload, ...rest] = message.data;
      const known = ids.get(payload.transactionId);
      if (known === undefined) return raw;
      return JSON.stringify([type, id, action, { ...payload, transactionId: known }, ...rest]);
    },
    answerTo(raw) {
      const message: unknown = JSON.parse(raw);
      const start = startAnswer.safeParse(message);
      if (start.success) {
        const recorded = recordedIds.get(start.data[1]);
        if (recorded !== undefined) ids.set(recorded, start.data[2].transactionId);
        return undefined;
      }
      const call = gatewayCall.safeParse(message);
      if (!call.success) return undefined;
      const [, id, action] = call.data;
      const recorded = answers.get(action)?.shift();
      // A call that is not in the record: nobody knows what the station would have said.
      if (recorded === undefined) return JSON.stringify([4, id, 'NotSupported', 'not in the record', {}]);
      const [type, , ...content] = recorded.message;
      return JSON.stringify([type, id, ...content]);
    },
  };
}

/** The station's answers to the recorded calls of the gateway, by action, in their order. */
function answersByAction(frames: readonly RecordedFrame[]): Map<string, Answer[]> {
  const actions = new Map<string, string>();
  const answers = new Map<string, Answer[]>();
  for (const frame of frames) {
    if (frame.kind === 'call' && frame.from === 'gateway') actions.set(frame.id, frame.action);
    if (frame.kind !== 'answer' || frame.from !== 'station') continue;
    const action = actions.get(frame.id);
    if (action !== undefined) answers.set(action, [...(answers.get(action) ?? []), frame]);
  }
  return answers;
}
