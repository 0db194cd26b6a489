import { fieldsOf, isObject, type JsonObject, kindOf, resolved, type Schema } from './schema.js';

/** What of a station a command is about. */
export interface Target {
  evseId?: number;
  connectorId?: number;
  /** The charger's id of the transaction that runs there. */
  ocppTransactionId?: string;
}

/** A card of the operator's own (docs/guides/field-engineer.md). */
const TEST_TOKEN = 'TEST-TOKEN';
const MINUTE_MS = 60_000;
const RESERVED_FOR_MS = 30 * MINUTE_MS;
const SCHEDULE_S = 3_600;
const ID_MAX = 2 ** 31 - 1;
const DEPTH_MAX = 6;

/** Members that a payload may lack and that people want in it. */
const WANTED_OPTIONAL: Record<string, readonly string[]> = {
  ChangeAvailability: ['evse'],
  ExtendedTriggerMessage: ['connectorId'],
  RemoteStartTransaction: ['connectorId'],
  RequestStartTransaction: ['evseId'],
  ReserveNow: ['evseId'],
  TriggerMessage: ['connectorId', 'evse'],
};

/** Of a list of words the one that does least, or is wanted most. */
const USUAL_WORDS: ReadonlySet<string> = new Set([
  'StatusNotification',
  'Soft',
  'OnIdle',
  'Operative',
  'Local',
  'DiagnosticsLog',
  'FullInventory',
]);

/** Ids that the gateway's side thinks up. In the cancellation of a reservation it is the one that was made. */
const OWN_IDS: ReadonlySet<string> = new Set(['requestId', 'remoteStartId', 'reservationId']);
const NOT_OWN: ReadonlySet<string> = new Set(['CancelReservation']);

/** A payload to begin with: what must be there as far as it can be known. */
export function prefilled(action: string, schema: Schema, target: Target, now: number): JsonObject {
  const optional = new Set(WANTED_OPTIONAL[action]);
  return objectOf(schema, action, optional, 0);

  function objectOf(of: Schema, parent: string, extra: ReadonlySet<string>, depth: number): JsonObject {
    const made: JsonObject = {};
    for (const { name, required, schema: member } of fieldsOf(of, schema)) {
      const isWanted = required || extra.has(name) || (parent === 'evse' && name === 'connectorId');
      const value = isWanted && depth < DEPTH_MAX ? valueFor(name, member, parent, depth) : undefined;
      if (value !== undefined) made[name] = value;
    }
    return made;
  }

  function valueFor(name: string, member: Schema, parent: string, depth: number): unknown {
    const kind = kindOf(member);
    if (kind === 'choice') return member.enum?.find((word) => USUAL_WORDS.has(word));
    if (kind === 'object') return evseOrObject(name, member, depth);
    if (kind === 'list') {
      const items = resolved(member.items ?? {}, schema);
      return kindOf(items) === 'object' ? [objectOf(items, name, NOTHING, depth + 1)] : [];
    }
    if (kind === 'time') return timeOf(name);
    return kind === 'text' || kind === 'integer' ? known(name, parent, kind) : undefined;
  }

  function evseOrObject(name: string, member: Schema, depth: number): JsonObject | undefined {
    const made = objectOf(member, name, NOTHING, depth + 1);
    return name === 'evse' && made.id === undefined ? undefined : made;
  }

  function timeOf(name: string): string {
    return new Date(now + (name.startsWith('expiry') ? RESERVED_FOR_MS : 0)).toISOString();
  }

  function known(name: string, parent: string, kind: 'text' | 'integer'): unknown {
    if (name === 'evseId' || (name === 'id' && parent === 'evse')) return target.evseId;
    if (name === 'connectorId') return target.connectorId;
    if (name === 'idTag' || name === 'idToken') return TEST_TOKEN;
    if (name === 'duration') return SCHEDULE_S;
    if (name === 'transactionId' && target.ocppTransactionId !== undefined) {
      return kind === 'integer' ? Number(target.ocppTransactionId) : target.ocppTransactionId;
    }
    const isOwnId = OWN_IDS.has(name) || (name === 'id' && parent === 'ReserveNow');
    return kind === 'integer' && isOwnId && !NOT_OWN.has(action) ? newId() : undefined;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** An id that the charger has not seen yet, as far as chance goes. */
export const newId = (): number => 1 + Math.floor(Math.random() * ID_MAX);

/** Whether a payload of this schema says which EVSE or connector is meant. */
export function hasTarget(schema: Schema): boolean {
  return ['connectorId', 'evseId', 'evse', 'transactionId'].some((name) =>
    isObject(schema.properties?.[name]),
  );
}
