import type { ProtocolName } from '../protocol.js';
import { PROTOCOLS } from '../protocols.js';

/** Names in a Sec-WebSocket-Protocol header in the client's order of preference. */
export function offeredProtocols(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** How a per-station quirk names the version of a charger that offers none. */
const ASSUMED = /^assume_subprotocol=(.+)$/;

export interface Negotiated {
  name: ProtocolName;
  /** What the handshake answers; absent: no header, since the client offered none. */
  header?: string;
}

/**
 * The first offered name that the gateway speaks and the station may use; undefined when there is
 * none. Names are compared exactly.
 */
export function negotiateProtocol(
  offered: readonly string[],
  station: { protocols?: readonly string[]; quirks?: readonly string[] },
): Negotiated | undefined {
  const allowed = (name: string): name is ProtocolName =>
    Object.hasOwn(PROTOCOLS, name) && (station.protocols === undefined || station.protocols.includes(name));
  const chosen = offered.find(allowed);
  if (chosen !== undefined) return { name: chosen, header: chosen };
  if (offered.length > 0) return undefined;
  for (const quirk of station.quirks ?? []) {
    const assumed = ASSUMED.exec(quirk)?.[1];
    if (assumed !== undefined && allowed(assumed)) return { name: assumed };
  }
  return undefined;
}

/** Whether a charger with this offer carries its key as hex text; one that offers nothing is of the old kind. */
export function offersHexKeys(offered: readonly string[]): boolean {
  return (
    offered.length === 0 ||
    offered.some((name) => Object.hasOwn(PROTOCOLS, name) && PROTOCOLS[name as ProtocolName].hexKeys)
  );
}
