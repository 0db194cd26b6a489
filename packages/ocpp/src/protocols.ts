import type { Protocol, ProtocolName } from './protocol.js';
import { v16 } from './v16/protocol.js';
import { v21 } from './v21/protocol.js';
import { v201 } from './v201/protocol.js';

/** The OCPP versions that the gateway speaks, by subprotocol name. */
export const PROTOCOLS = {
  'ocpp1.6': v16,
  'ocpp2.0.1': v201,
  'ocpp2.1': v21,
} as const satisfies Record<ProtocolName, Protocol>;

const BY_NAME: ReadonlyMap<string, Protocol> = new Map(Object.entries(PROTOCOLS));

/** The protocol of a subprotocol name; undefined = the gateway does not speak it. */
export const protocolOf = (name: string): Protocol | undefined => BY_NAME.get(name);
