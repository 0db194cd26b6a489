import type { FrameView } from '../api/views.js';

const CALL = 2;

/** A message and what was answered to it. */
export interface FramePair {
  call: FrameView;
  answer?: FrameView;
}

/** Frames, newest first, with each answer beside its call; an answer without a call stands for itself. */
export function pairsOf(frames: readonly FrameView[]): FramePair[] {
  const answers = new Map<string, { frame: FrameView; at: number }>();
  const pairs: (FramePair | undefined)[] = [];
  for (const frame of frames) {
    const { message_type: type, message_id: id, direction } = frame;
    if (id !== null && type !== null && type > CALL && type < SEND) {
      // Chargers use ids again: the answer belongs to the newest call before it.
      answers.set(`${direction} ${id}`, { frame, at: pairs.length });
      pairs.push({ call: frame });
      continue;
    }
    const key = `${direction === 'in' ? 'out' : 'in'} ${id}`;
    const answer = type === CALL ? answers.get(key) : undefined;
    if (answer) {
      answers.delete(key);
      pairs[answer.at] = undefined;
    }
    pairs.push({ call: frame, ...(answer ? { answer: answer.frame } : {}) });
  }
  return pairs.filter((pair) => pair !== undefined);
}

const SEND = 6;

/** Time between a call and its answer; null = not known. */
export const latencyOf = ({ call, answer }: FramePair): number | null =>
  answer?.latency_ms ?? call.latency_ms;

/** The payload of a frame; undefined = it has none that can be read. */
export function payloadOf({ raw, message_type: type }: FrameView): Record<string, unknown> | undefined {
  const frame = parsedFrame(raw);
  const payload = frame?.[type === CALL || type === SEND ? 3 : 2];
  return typeof payload === 'object' && payload !== null ? { ...payload } : undefined;
}

export function parsedFrame(raw: string): unknown[] | undefined {
  try {
    const frame: unknown = JSON.parse(raw);
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

/** The word of an answer that says how it went. */
export function statusIn(payload: Record<string, unknown> | undefined): string | undefined {
  if (payload === undefined) return undefined;
  for (const source of [payload, ...Object.values(payload)]) {
    if (typeof source !== 'object' || source === null) continue;
    if ('status' in source) return String(source.status);
    if ('attributeStatus' in source) return String(source.attributeStatus);
    // SetVariables and others answer one by one: the first that is not Accepted says most.
    if (Array.isArray(source)) {
      const each = source.map((item) => statusIn(item)).filter((status) => status !== undefined);
      if (each.length > 0) return each.find((status) => status !== 'Accepted') ?? each[0];
    }
  }
  return undefined;
}
