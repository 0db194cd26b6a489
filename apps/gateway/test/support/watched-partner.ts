import { connect, type Socket } from 'node:net';
import type { Certificate, Emsp, JsonObject, OcpiVersion } from '@roambridge/sim-emsp';
import { energyOf } from './billing-document.js';
import type { BadPartner } from './failure-modes.js';
import type { OperatorApi } from './operator-api.js';
import { registerPartner } from './test-gateway.js';

/** A partner whose CDRs are clocked, and that fails when it is told to. */
export interface WatchedPartner {
  id: string;
  name: string;
  emsp: Emsp;
  /** Its card. */
  card: string;
  bad?: BadPartner;
  /** When the CDR of so many Wh came, ms since 1970. */
  cameAt: ReadonlyMap<number, number>;
  fail(): Promise<void>;
  heal(): Promise<void>;
}

export async function watchedPartner(options: {
  operator: OperatorApi;
  version: OcpiVersion;
  number: number;
  bad?: BadPartner;
  certificates: { valid: Certificate; expired: Certificate };
}): Promise<WatchedPartner> {
  const { operator, version, number, bad, certificates } = options;
  const card = `04${String(number).padStart(12, '0')}`;
  const cameAt = new Map<number, number>();
  const { id, emsp } = await registerPartner(operator, {
    version,
    country_code: 'NL',
    party_id: `P${String(number).padStart(2, '0')}`,
    tokens: [{ uid: card }],
    ...(bad?.tls ? { tls: certificates.valid } : {}),
    onStored(kind, object) {
      if (kind !== 'cdrs') return;
      const wh = Math.round((energyOf(object) ?? 0) * 1_000);
      if (!cameAt.has(wh)) cameAt.set(wh, Date.now());
    },
  });
  const readers: Socket[] = [];
  let undo = (): void => {};
  const name = `${bad ? [bad.mode, bad.variant].filter(Boolean).join(': ') : 'ok'} (${version})`;
  return {
    id,
    name,
    emsp,
    card,
    cameAt,
    ...(bad ? { bad } : {}),
    async fail() {
      if (!bad) return;
      readers.push(...badReaders(emsp));
      if (bad.tls === 'expired') emsp.present(certificates.expired);
      undo = emsp.respondWith({}, (request) =>
        request.method === 'GET' ? bad.pull?.(request) : bad.push?.(request),
      );
      if (bad.isDown) await emsp.down();
      else emsp.connectWith(bad.connection);
    },
    async heal() {
      for (const reader of readers.splice(0)) reader.destroy();
      undo();
      if (bad?.tls) emsp.present(certificates.valid);
      if (bad?.isDown) await emsp.up();
      else emsp.connectWith(undefined);
    },
  };
}

/** Connections that ask us for lists and do not read, hang up in the middle, or never finish asking. */
function badReaders(emsp: Emsp): Socket[] {
  const url = new URL(emsp.endpoint('locations', 'SENDER'));
  const head = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: ${emsp.authorization()}\r\n`;
  const open = (text: string) => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(text));
    return socket.on('error', () => undefined);
  };
  const deaf = open(`${head}\r\n`).pause();
  const hangingUp = open(`${head}\r\n${head}\r\n`);
  hangingUp.once('data', () => hangingUp.resetAndDestroy());
  return [deaf, hangingUp, open(head)];
}

/**
 * Objects as a partner has them or as we list them, to be compared. A location that is told its status alone, or that is
 * back to the status that was told, has other times within (LO-04, D1-030).
 */
export function comparable(objects: Iterable<JsonObject>): JsonObject[] {
  const isLocation = (object: JsonObject) => 'evses' in object;
  return [...objects]
    .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    .map((object) => (isLocation(object) ? withoutTimes(object) : object));
}

function withoutTimes(object: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(object, (name, value) => (name === 'last_updated' ? undefined : value)));
}
