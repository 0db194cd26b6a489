import type { IdToken } from '@roambridge/domain';
import type { InboundCall } from '../routing.js';
import { readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** The idTag of a message; the protocol gives it no type. Longer ones are kept in full. */
export function readIdTag(payload: WireObject, call: InboundCall): IdToken | undefined {
  const idToken = readText(payload, 'idTag', call);
  return idToken === undefined ? undefined : { idToken, type: 'unknown' };
}
