import { readdirSync, readFileSync } from 'node:fs';
import type { JsonObject } from '@roambridge/sim-emsp';

/** One line of a record: when, in which direction, and what. */
export type Line =
  /** The charger sends a message; text as it is, anything else as JSON. */
  | [at: string, kind: '->', message: unknown]
  /** The gateway sends a message that fits; null: it sends nothing. */
  | [at: string, kind: '<-', message: unknown[] | null]
  /** The operator calls, and gets an answer that has these members. */
  | [at: string, kind: 'operator', call: [method: string, path: string, body?: object], answer?: object]
  /** The partner starts a session at the charger's first EVSE, or sends a charging profile for the one that runs. */
  | [at: string, kind: 'start-session']
  | [at: string, kind: 'profile', profile: JsonObject]
  /** The charger connects, or another connection of it; or it goes away. */
  | [at: string, kind: 'open', how?: Connect]
  | [at: string, kind: 'close']
  /** The gateway closed the connection with this code. */
  | [at: string, kind: 'closed', code: number]
  /** Bytes over a bare connection, and what comes back. */
  | [at: string, kind: 'bytes', sent: string[], received: string];

export interface Connect {
  path?: string;
  /** Subprotocols; an empty list: no header. */
  protocols?: string[];
  /** Password as hexadecimal text in place of its characters. */
  hex?: true;
  /** It does not answer pings, or ends the connection at one. */
  pings?: 'ignored' | 'fatal';
}

/** What a charger with a quirk sends, as it would be in a record, and what must come of it. */
export interface Fixture {
  id: string;
  protocol: 'ocpp1.6' | 'ocpp2.0.1';
  quirks?: string[];
  /** Members of its BootNotification that differ from the usual ones. */
  boot?: object;
  /** It is connected and booted, with all connectors free, before the first line; false = it is not. */
  begins?: false;
  log: Line[];
  /** Quirks that its frames show in the journal. */
  shows: string[];
  /** Anomalies in its frames, among others. */
  anomalies?: string[];
  /** Its transactions, the newest first, by these members. */
  transactions?: object[];
  /** Its view by these members. */
  station?: object;
  /** Texts of the attention list, as regular expressions. */
  attention?: string[];
}

const FOLDER = new URL('frames/', import.meta.url);

export function readFixtures(): Fixture[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Fixture);
}
