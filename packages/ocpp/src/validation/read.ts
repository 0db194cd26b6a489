import { type EpochMs, isExactReading } from '@roambridge/domain';
import type { InboundCall } from '../routing.js';
import { isWireObject, type WireObject } from '../wire.js';
import { type Anomaly, cleanText, numberFromText, sameButCase } from './repairs.js';
import { readTimestamp } from './timestamp.js';
import { WireFault } from './wire-fault.js';

/** Anomalies kept of one frame; a broken charger repeats the same one in every sample. */
export const ANOMALIES_MAX = 20;

/** Adds one line to the frame's anomalies; a frame that needed repair says so. */
export function note(call: InboundCall, repair: Anomaly, pointer: string): void {
  if (call.frame.verdict === 'ok') call.frame.verdict = 'repaired';
  const line = `${repair} ${pointer}`;
  const { anomalies } = call.frame;
  if (anomalies.length < ANOMALIES_MAX && !anomalies.includes(line)) anomalies.push(line);
}

/** The member; `null` is the same as absent. */
function member(source: WireObject, name: string): unknown {
  const value = source[name];
  return value === null ? undefined : value;
}

/** Text of the member; undefined when it is absent, empty or no text. */
export function readText(source: WireObject, name: string, call: InboundCall): string | undefined {
  const value = member(source, name);
  if (value === undefined) return undefined;
  if (typeof value === 'number') {
    note(call, 'TEXT_AS_NUMBER', `/${name}`);
    return String(value);
  }
  if (typeof value !== 'string') {
    note(call, 'IGNORED_VALUE', `/${name}`);
    return undefined;
  }
  const clean = cleanText(value);
  if (clean.length !== value.length) note(call, 'WHITE_SPACE', `/${name}`);
  return clean === '' ? undefined : clean;
}

/** A finite number; undefined when the member is absent or is none. */
export function readNumber(source: WireObject, name: string, call: InboundCall): number | undefined {
  const value = member(source, name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const repaired = typeof value === 'string' ? numberFromText(value) : undefined;
  note(call, repaired?.repair ?? 'IGNORED_VALUE', `/${name}`);
  return repaired?.value;
}

/** A register in Wh; one of which not even the Wh are exact in a double is none (D2-026). */
export function readRegister(source: WireObject, name: string, call: InboundCall): number | undefined {
  const value = readNumber(source, name, call);
  if (value === undefined || isExactReading(value)) return value;
  note(call, 'IGNORED_VALUE', `/${name}`);
  return undefined;
}

/** A whole number that JSON carries exactly (D2-055: ids beyond 2^53 are no ids). */
export function readInteger(source: WireObject, name: string, call: InboundCall): number | undefined {
  const value = readNumber(source, name, call);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  note(call, 'IGNORED_VALUE', `/${name}`);
  return undefined;
}

/** One of the allowed words, also in another case; undefined when the member is absent or none of them. */
export function readWord<T extends string>(
  source: WireObject,
  name: string,
  allowed: readonly T[],
  call: InboundCall,
): T | undefined {
  const value = member(source, name);
  if (value === undefined) return undefined;
  for (const candidate of allowed) if (candidate === value) return candidate;
  const repaired = typeof value === 'string' ? sameButCase(value, allowed) : undefined;
  note(call, repaired === undefined ? 'UNKNOWN_VALUE' : 'ENUM_CASE', `/${name}`);
  return repaired;
}

/** One of the known words in its own spelling, or the word that was sent: the list is open (C-201). */
export function readOpenWord(
  source: WireObject,
  name: string,
  known: readonly string[],
  call: InboundCall,
): string | undefined {
  const word = readText(source, name, call);
  if (word === undefined || known.includes(word)) return word;
  const repaired = sameButCase(word, known);
  if (repaired !== undefined) note(call, 'ENUM_CASE', `/${name}`);
  return repaired ?? word;
}

/** A time after repair; the time of receipt where there is none. */
export function readTime(source: WireObject, name: string, call: InboundCall): EpochMs {
  return readMoment(source, name, call).at;
}

/** The same with the charger's own time where it cannot be right: differences of such times still count (D2-061). */
export function readMoment(
  source: WireObject,
  name: string,
  call: InboundCall,
): { at: EpochMs; rawAt?: EpochMs } {
  const { at, rawAt, repair } = readTimestamp(source[name], call.receivedAt, () => zoneOf(call));
  if (repair !== undefined) note(call, repair, `/${name}`);
  return rawAt === undefined ? { at } : { at, rawAt };
}

/** The zone of a charger whose times name none, as the operator states it. */
const STATION_TZ = /^station_tz=(.+)$/;

function zoneOf({ edge, stationId }: InboundCall): string | undefined {
  for (const quirk of edge.reading(stationId).quirks) {
    const zone = STATION_TZ.exec(quirk)?.[1];
    if (zone !== undefined) return zone;
  }
  return undefined;
}

export function readObject(source: WireObject, name: string, call: InboundCall): WireObject | undefined {
  const value = member(source, name);
  if (value === undefined || isWireObject(value)) return value;
  note(call, 'IGNORED_VALUE', `/${name}`);
  return undefined;
}

/** The objects of a list; a single object stands for a list of one, other members are skipped. */
export function readObjects(source: WireObject, name: string, call: InboundCall): WireObject[] | undefined {
  const value = member(source, name);
  if (value === undefined) return undefined;
  if (Array.isArray(value)) {
    if (value.every(isWireObject)) return value;
    note(call, 'IGNORED_VALUE', `/${name}`);
    return value.filter(isWireObject);
  }
  if (isWireObject(value)) {
    note(call, 'SINGLE_INSTEAD_OF_LIST', `/${name}`);
    return [value];
  }
  note(call, 'IGNORED_VALUE', `/${name}`);
  return undefined;
}

/** The value, or the fault that tells why the member is not usable; `wrong` is the fault of a value that was sent. */
export function need<T>(
  value: T | undefined,
  source: WireObject,
  name: string,
  wrong: 'type' | 'value' = 'type',
): T {
  if (value !== undefined) return value;
  const sent = member(source, name);
  if (sent === undefined) throw new WireFault('missing', `/${name}`);
  throw new WireFault(sent === '' ? 'value' : wrong, `/${name}`);
}
