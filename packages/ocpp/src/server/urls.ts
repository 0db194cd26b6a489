import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** Ports of the listeners, as far as they are open. */
export interface ListenerPorts {
  plain: number;
  tls?: number;
}

/** A host name, an IPv4 address or an IPv6 one in brackets, and the port. */
const HOST = /^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?$/;

/**
 * The URLs under which a charger reaches the gateway, in its own words for the host: what it used works. A Host header that
 * is none counts as `localhost`.
 */
export function urlsFor(
  request: IncomingMessage,
  identity: string,
  ports: ListenerPorts,
): { plain: string; tls?: string } {
  const [, name = 'localhost', usedPort] = HOST.exec(request.headers.host ?? '') ?? [];
  const secure = request.socket instanceof TLSSocket;
  // A port that was mapped on the way is right for the listener that the charger found by it.
  const port = (own: number, used: boolean) => (used && usedPort !== undefined ? usedPort : String(own));
  const path = `ocpp/${encodeURIComponent(identity)}`;
  return {
    plain: `ws://${name}:${port(ports.plain, !secure)}/${path}`,
    ...(ports.tls === undefined ? {} : { tls: `wss://${name}:${port(ports.tls, secure)}/${path}` }),
  };
}
