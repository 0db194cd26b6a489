import { isWireObject, type WireObject } from '../wire.js';

/** Strings by the standard; numbers are echoed as numbers. */
export type MessageId = string | number;

export type Frame =
  | { kind: 'call'; id: MessageId; action: string; payload: unknown }
  | { kind: 'result'; id: MessageId; payload: unknown }
  | { kind: 'error'; id: MessageId; code: string; description: string; details: unknown }
  /** CALLRESULTERROR: our answer with this id was not understood. */
  | { kind: 'result-error'; id: MessageId; code: string; description: string; details: unknown }
  /** SEND: a message that nobody answers. */
  | { kind: 'send'; id: MessageId; action: string; payload: unknown }
  /** A message of a type that the version does not have. */
  | { kind: 'unknown-type'; id: MessageId | undefined; type: number }
  /** Not a message. `id` is there when it could be read, and `type` when it says what the sender meant. */
  | { kind: 'malformed'; id: MessageId | undefined; type: number | undefined; reason: string };

/** Why a text that no parser reads is no message. */
export const NOT_JSON = 'not JSON';

/** Longest message id that is accepted and echoed. */
const MESSAGE_ID_MAX_CHARS = 255;

// a byte order mark, and the line ends and NULs that some firmware appends.
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const STRAY_EDGES = /^\uFEFF|[\u0000\s]+$/g;

/** Message types of OCPP 1.6 and 2.0.1: CALL, CALLRESULT and CALLERROR. */
const LAST_COMMON_TYPE = 4;

/**
 * Reads one OCPP-J message; `lastType` is the highest message type that the version has. Never throws, whatever the
 * text is (A-090 stage 1).
 */
export function decodeFrame(text: string, lastType = LAST_COMMON_TYPE): Frame {
  const message = parse(text) ?? parse(text.replace(STRAY_EDGES, ''));
  if (message === undefined) return malformed(undefined, undefined, NOT_JSON);
  if (!Array.isArray(message)) return malformed(undefined, undefined, 'not a JSON array');
  const [type, rawId] = message as unknown[];
  const id = readMessageId(rawId);
  if (!isMessageType(type)) return malformed(id, undefined, 'message type is not a small number');
  if (type > lastType) return { kind: 'unknown-type', id, type };
  switch (type) {
    case 2:
    case 6: {
      const action: unknown = message[2];
      if (id === undefined) return malformed(id, type, 'message id is not usable');
      if (typeof action !== 'string') return malformed(id, type, 'action is not a string');
      return { kind: type === 2 ? 'call' : 'send', id, action, payload: message[3] };
    }
    case 3:
      if (id === undefined) return malformed(id, type, 'message id is not usable');
      return { kind: 'result', id, payload: message[2] };
    case 4:
    case 5:
      if (id === undefined) return malformed(id, type, 'message id is not usable');
      return {
        kind: type === 4 ? 'error' : 'result-error',
        id,
        code: textOrEmpty(message[2]),
        description: textOrEmpty(message[3]),
        details: message[4],
      };
    default:
      return { kind: 'unknown-type', id, type };
  }
}

/** Greater numbers are no types of any version to come, and no numbers that a journal keeps. */
const MESSAGE_TYPE_MAX = 255;

function isMessageType(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MESSAGE_TYPE_MAX;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value === undefined ? null : value;
  } catch {
    return undefined;
  }
}

function malformed(id: MessageId | undefined, type: number | undefined, reason: string): Frame {
  return { kind: 'malformed', id, type, reason };
}

function readMessageId(value: unknown): MessageId | undefined {
  if (typeof value === 'string') return value.length <= MESSAGE_ID_MAX_CHARS ? value : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Payload as an object: absent, `null` and the empty list of some encoders mean `{}`. */
export function payloadObject(payload: unknown): WireObject | undefined {
  if (payload === undefined || payload === null) return {};
  if (isWireObject(payload)) return payload;
  return Array.isArray(payload) && payload.length === 0 ? {} : undefined;
}

export function encodeCall(id: string, action: string, payload: WireObject): string {
  return `[2,"${id}",${JSON.stringify(action)},${JSON.stringify(payload)}]`;
}

export function encodeResult(id: MessageId, payload: WireObject): string {
  return `[3,${JSON.stringify(id)},${JSON.stringify(payload)}]`;
}

/** Longest description of a CALLERROR. */
const DESCRIPTION_MAX_CHARS = 255;

export function encodeError(id: MessageId, code: string, description: string): string {
  return encodeFault(4, id, code, description);
}

/** CALLRESULTERROR: the charger's answer with this id cannot be read. */
export function encodeResultError(id: MessageId, code: string, description: string): string {
  return encodeFault(5, id, code, description);
}

function encodeFault(type: 4 | 5, id: MessageId, code: string, description: string): string {
  const text = JSON.stringify(description.slice(0, DESCRIPTION_MAX_CHARS));
  return `[${type},${JSON.stringify(id)},"${code}",${text},{}]`;
}
