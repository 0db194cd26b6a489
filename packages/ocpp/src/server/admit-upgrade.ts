import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Admission, ChargerEdge } from '@roambridge/core';
import { presentedCertificate } from '../tls/peer-certificate.js';
import { parseBasicAuth } from './basic-auth.js';
import type { RefusalStatus } from './refusal.js';
import { offeredProtocols, offersHexKeys } from './subprotocol.js';
import { parseUpgradePath } from './upgrade-path.js';

export type UpgradeVerdict =
  | (Extract<Admission, { kind: 'accepted' }> & { offered: string[]; remoteAddress: string })
  | { kind: 'refused'; status: RefusalStatus; reason: string; identity?: string };

/** Parses an upgrade request and has core judge it. Rejects only when core does. */
export async function admitUpgrade(
  edge: ChargerEdge,
  request: IncomingMessage,
  roots: readonly X509Certificate[],
): Promise<UpgradeVerdict> {
  const path = parseUpgradePath(request.url ?? '');
  if ('httpStatus' in path) return { kind: 'refused', status: path.httpStatus, reason: path.reason };
  const { identity } = path;
  const offered = offeredProtocols(request.headers['sec-websocket-protocol']);
  const basic = parseBasicAuth(request.headers.authorization);
  const remoteAddress = request.socket.remoteAddress ?? '';
  const { socket } = request;
  const certificate = socket instanceof TLSSocket ? presentedCertificate(socket, roots) : undefined;
  const admission = await edge.admit({
    identity,
    remoteAddress,
    offeredProtocols: offered,
    ...(basic === undefined ? {} : { basic }),
    hexKeys: offersHexKeys(offered),
    // Only what this process has decrypted itself: a header can say anything (A-044, S23).
    tls: socket instanceof TLSSocket,
    ...(certificate === undefined ? {} : { certificate }),
  });
  if (admission.kind === 'refused') {
    return { kind: 'refused', status: admission.httpStatus, reason: admission.reason, identity };
  }
  return { ...admission, offered, remoteAddress };
}
