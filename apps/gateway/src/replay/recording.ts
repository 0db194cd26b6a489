import { z } from 'zod';

/** One frame of the journal, as the operator API shows it. */
const frame = z.object({
  at: z.iso.datetime(),
  direction: z.enum(['in', 'out']),
  raw: z.string(),
});

const staticObject = z.object({ path: z.string().startsWith('/'), body: z.record(z.string(), z.unknown()) });

/** What a replay needs: the frames of one station, and the master data that they meet. */
export const replayInput = z.object({
  station: z.string().min(1),
  protocol: z.enum(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']),
  version: z.enum(['2.1.1', '2.2.1', '2.3.0']),
  /** Locations, tariffs and tokens, with the path of the operator API that they are put to. */
  data: z.array(staticObject),
  frames: z.array(frame),
});

export type ReplayInput = z.output<typeof replayInput>;

const call = z
  .tuple([z.literal(2), z.string(), z.string(), z.record(z.string(), z.unknown())])
  .rest(z.unknown());
const answer = z.tuple([z.union([z.literal(3), z.literal(4)]), z.string()]).rest(z.unknown());

export type RecordedFrame =
  | { at: number; kind: 'call'; from: 'station' | 'gateway'; id: string; action: string; raw: string }
  | { at: number; kind: 'answer'; from: 'station' | 'gateway'; id: string; message: readonly unknown[] }
  /** Not a message: a station can send anything. */
  | { at: number; kind: 'other'; from: 'station' | 'gateway'; raw: string };

/** The frames in the order of time; those of one moment stay in the order of the record. */
export function readFrames(frames: ReplayInput['frames']): RecordedFrame[] {
  // The journal is read newest first.
  const oldestFirst = isDescending(frames) ? [...frames].reverse() : [...frames];
  return oldestFirst
    .map(({ at, direction, raw }): RecordedFrame => {
      const base = {
        at: Date.parse(at),
        from: direction === 'in' ? ('station' as const) : ('gateway' as const),
      };
      const message = parsed(raw);
      const asCall = call.safeParse(message);
      if (asCall.success) {
        return { ...base, kind: 'call', id: asCall.data[1], action: asCall.data[2], raw };
      }
      const asAnswer = answer.safeParse(message);
      if (asAnswer.success) return { ...base, kind: 'answer', id: asAnswer.data[1], message: asAnswer.data };
      return { ...base, kind: 'other', raw };
    })
    .sort((a, b) => a.at - b.at);
}

function isDescending(frames: ReplayInput['frames']): boolean {
  const [first] = frames;
  const last = frames.at(-1);
  return first !== undefined && last !== undefined && Date.parse(first.at) > Date.parse(last.at);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
