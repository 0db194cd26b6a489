import type { MessageLimit, Reading } from '@roambridge/core';
import type { SplitCall } from '../protocol.js';
import { isWireObject, type WireObject } from '../wire.js';

/** C-005: items of one message until the charger has told its limit. */
const UNKNOWN_LIMIT_ITEMS = 4;
/** Bytes of a frame beside its payload: type, message id, action. */
const FRAME_BYTES = 100;
const MAX_REQUEST_ID = 2 ** 31 - 1;

/** The lists that are divided, and where the answers to their items are. */
const LISTS = {
  GetVariables: { list: 'getVariableData', results: 'getVariableResult' },
  SetVariables: { list: 'setVariableData', results: 'setVariableResult' },
  GetReport: { list: 'componentVariable', results: undefined },
  SetVariableMonitoring: { list: 'setMonitoringData', results: 'setMonitoringResult' },
  ClearVariableMonitoring: { list: 'id', results: 'clearMonitoringResult' },
} as const satisfies Record<string, { list: string; results: string | undefined }>;

function isDivided(action: string): action is keyof typeof LISTS {
  return action in LISTS;
}

/** B05.FR.11, B06.FR.05, N06.FR.04; undefined where the charger takes the call as it is. */
export function splitCall(
  action: string,
  payload: WireObject,
  limits: Reading['messageLimits'],
): SplitCall | undefined {
  if (!isDivided(action)) return undefined;
  const { list, results } = LISTS[action];
  const items = payload[list];
  if (!Array.isArray(items)) return undefined;
  const pieces = chunks(items, limits?.[action] ?? {}, bytesOf({ ...payload, [list]: [] }));
  if (pieces.length < 2) return undefined;
  return {
    payloads: pieces.map((piece, index) => ({ ...payload, ...ownRequestId(payload, index), [list]: piece })),
    merge: (answers) => (results === undefined ? firstAccepted(answers) : joined(answers, results)),
  };
}

/** Each piece makes a report of its own. */
function ownRequestId({ requestId }: WireObject, index: number): WireObject {
  return typeof requestId === 'number' ? { requestId: (requestId + index) % MAX_REQUEST_ID } : {};
}

function chunks(items: readonly unknown[], limit: MessageLimit, otherBytes: number): unknown[][] {
  const { items: mostItems = UNKNOWN_LIMIT_ITEMS, bytes = Number.POSITIVE_INFINITY } = limit;
  const pieces: unknown[][] = [];
  let piece: unknown[] = [];
  let size = 0;
  let places = new Set<string>();
  for (const item of items) {
    const itemBytes = bytesOf(item) + 1;
    const place = placeOf(item);
    const full = piece.length >= mostItems || FRAME_BYTES + otherBytes + size + itemBytes > bytes;
    // B05.FR.13: one variable only once in a message.
    if (piece.length > 0 && (full || (place !== undefined && places.has(place)))) {
      pieces.push(piece);
      piece = [];
      size = 0;
      places = new Set();
    }
    piece.push(item);
    size += itemBytes;
    if (place !== undefined) places.add(place);
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

function placeOf(item: unknown): string | undefined {
  if (!isWireObject(item) || !('attributeValue' in item)) return undefined;
  return JSON.stringify([item.component, item.variable, item.attributeType ?? 'Actual']).toLowerCase();
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function joined(answers: readonly WireObject[], results: string): WireObject {
  return {
    ...answers[0],
    [results]: answers.flatMap((answer) => (Array.isArray(answer[results]) ? answer[results] : [])),
  };
}

/** A report that came of one piece is a report. */
function firstAccepted(answers: readonly WireObject[]): WireObject {
  return answers.find(({ status }) => status === 'Accepted') ?? answers[0] ?? {};
}
