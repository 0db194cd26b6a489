import type { IncomingMessage } from 'node:http';
import type { ChargerEdge, Station } from '@roambridge/core';
import { parseBasicAuth } from './basic-auth.js';
import type { RefusalStatus } from './refusal.js';
import { offeredProtocols } from './subprotocol.js';
import { parseUpgradePath } from './upgrade-path.js';

export type UpgradeVerdict =
  | { kind: 'accepted'; station: Station; offered: string[]; remoteAddress: string }
  | { kind: 'refused'; status: RefusalStatus; reason: string; identity?: string };

/** Parses an upgrade request and has core judge it. Rejects only when core does. */
export async function admitUpgrade(edge: ChargerEdge, request: IncomingMessage): Promise<UpgradeVerdict> {
  const path = parseUpgradePath(request.url ?? '');
  if ('httpStatus' in path) return { kind: 'refused', status: path.httpStatus, reason: path.reason };
  const { identity } = path;
  const offered = offeredProtocols(request.headers['sec-websocket-protocol']);
  const basic = parseBasicAuth(request.headers.authorization);
  const remoteAddress = request.socket.remoteAddress ?? '';
  const admission = await edge.admit({
    identity,
    remoteAddress,
    offeredProtocols: offered,
    ...(basic === undefined ? {} : { basic }),
    tls: 'encrypted' in request.socket,
  });
  if (admission.kind === 'refused') {
    return { kind: 'refused', status: admission.httpStatus, reason: admission.reason, identity };
  }
  return { kind: 'accepted', station: admission.station, offered, remoteAddress };
}
