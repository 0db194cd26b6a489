import type { ChargerEdge } from '@roambridge/core';
import type { Protocol } from '../protocol.js';
import { decodeFrame, type Frame, NOT_JSON } from './frame.js';
import { repairJson } from './repair-json.js';

/** The quirk of chargers whose JSON is repaired before it is read. */
const REPAIR_JSON = 'repair_json';

/**
 * Reads one message as it came from the socket. What is no JSON may be repaired first; the journal keeps what
 * came. `anomalies` are those of the WebSocket frame, and what was repaired.
 */
export function decodeMessage(
  world: {
    edge: Pick<ChargerEdge, 'reading' | 'suggestQuirk'>;
    protocol: Protocol;
    connection: { stationId: string };
  },
  raw: string,
  anomalies: readonly string[],
): { frame: Frame; anomalies: readonly string[] } {
  const { edge, protocol, connection } = world;
  const { stationId } = connection;
  const frame = decodeFrame(raw, protocol.lastMessageType);
  if (frame.kind !== 'malformed' || frame.reason !== NOT_JSON) return { frame, anomalies };
  const repaired = decodeFrame(repairJson(raw), protocol.lastMessageType);
  if (repaired.kind === 'malformed') return { frame, anomalies };
  if (edge.reading(stationId).quirks.includes(REPAIR_JSON)) {
    return { frame: repaired, anomalies: [...anomalies, 'JSON_REPAIRED'] };
  }
  edge.suggestQuirk(stationId, REPAIR_JSON, 'sends JSON that could be repaired');
  return { frame, anomalies: [...anomalies, 'JSON_REPAIRABLE'] };
}
