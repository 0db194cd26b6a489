import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Admission, ChargerEdge, ConnectionAttempt, PresentedCertificate } from '@roambridge/core';
import { parseBasicAuth } from './basic-auth.js';
import type { RefusalStatus } from './refusal.js';
import { offeredProtocols, offersHexKeys } from './subprotocol.js';
import { parseUpgradePath } from './upgrade-path.js';
import { type ListenerPorts, urlsFor } from './urls.js';

export type UpgradeVerdict =
  | (Extract<Admission, { kind: 'accepted' }> & { attempt: ConnectionAttempt })
  | { kind: 'quarantined'; attempt: ConnectionAttempt }
  | { kind: 'refused'; status: RefusalStatus; reason: string; identity?: string };

/** What the listeners know that judging an attempt needs. */
export interface Door {
  /** The client certificate of a socket, judged. */
  certificateOf(socket: TLSSocket): Promise<PresentedCertificate | undefined>;
  ports(): ListenerPorts;
}

/** Parses an upgrade request and has core judge it. Rejects only when core does. */
export async function admitUpgrade(
  edge: ChargerEdge,
  request: IncomingMessage,
  door: Door,
): Promise<UpgradeVerdict> {
  const path = parseUpgradePath(request.url ?? '');
  if ('httpStatus' in path) {
    const { httpStatus: status, reason, guess } = path;
    if (guess !== undefined) edge.refused(await readAttempt(request, guess, door), reason);
    return { kind: 'refused', status, reason };
  }
  const attempt = await readAttempt(request, path.identity, door);
  if (isWebPage(request)) return refuseWebPage(edge, attempt);
  const admission = await edge.admit(attempt);
  if (admission.kind === 'refused') {
    return {
      kind: 'refused',
      status: admission.httpStatus,
      reason: admission.reason,
      identity: path.identity,
    };
  }
  const proved = admission.kind === 'accepted' && admission.securityProfile > 0;
  if (!proved && request.headers.origin !== undefined) return refuseWebPage(edge, attempt);
  return { ...admission, attempt };
}

/** Browsers say so themselves, and only they have cookies (S14). Some chargers send an Origin, though. */
function isWebPage({ headers }: IncomingMessage): boolean {
  return headers.cookie !== undefined || Object.keys(headers).some((name) => name.startsWith('sec-fetch-'));
}

function refuseWebPage(edge: ChargerEdge, attempt: ConnectionAttempt): UpgradeVerdict {
  const reason = 'it comes from a web page';
  edge.refused(attempt, reason);
  return { kind: 'refused', status: 403, reason, identity: attempt.identity };
}

async function readAttempt(
  request: IncomingMessage,
  identity: string,
  door: Door,
): Promise<ConnectionAttempt> {
  const { socket, headers } = request;
  const offered = offeredProtocols(headers['sec-websocket-protocol']);
  const basic = parseBasicAuth(headers.authorization);
  const certificate = socket instanceof TLSSocket ? await door.certificateOf(socket) : undefined;
  return {
    identity,
    remoteAddress: socket.remoteAddress ?? '',
    offeredProtocols: offered,
    ...(basic === undefined ? {} : { basic }),
    hexKeys: offersHexKeys(offered),
    // Only what this process has decrypted itself: a header can say anything (A-044, S23).
    tls: socket instanceof TLSSocket,
    ...(certificate === undefined ? {} : { certificate }),
    urls: urlsFor(request, identity, door.ports()),
  };
}
