import type { Protocol } from '../protocol.js';
import type { InboundCall, Route } from '../routing.js';
import { ANOMALIES_MAX } from '../validation/read.js';
import type { Violation } from '../validation/schema-library.js';
import { WireFault } from '../validation/wire-fault.js';
import type { WireObject } from '../wire.js';
import type { RpcFault } from './error-codes.js';
import { payloadObject } from './frame.js';

export type CallAnswer =
  | { kind: 'result'; payload: WireObject }
  | { kind: 'error'; fault: RpcFault; description: string }
  /** Core stored nothing. */
  | { kind: 'not-stored'; billing: boolean; cause: unknown };

/** Finds the answer to one CALL. Never rejects. */
export async function answerCall(
  protocol: Protocol,
  action: string,
  payload: unknown,
  call: InboundCall,
): Promise<CallAnswer> {
  const route = protocol.routes.get(action);
  if (!route) {
    // an action of the version that we do not serve is told apart from one that it does not have.
    const known = protocol.schemas.has(action);
    return refuse(call, known ? 'unsupported-action' : 'unknown-action', 'This action is not available here');
  }
  const boot = call.edge.bootStatus(call.stationId);
  const isAsked = boot === 'Pending' && call.triggered?.has(action) === true;
  if (boot !== 'Accepted' && !isAsked && !protocol.allowsBeforeAcceptance(action, boot)) {
    return refuse(call, 'security', 'The BootNotification of this station is not accepted yet');
  }
  if (payload === undefined || payload === null) addAnomaly(call, 'NO_PAYLOAD');
  const billing = route.messageClass === 'billing';
  const object = payloadObject(payload);
  if (object === undefined && !billing) return refuse(call, 'format', 'The payload is not a JSON object');
  if (object === undefined) addAnomaly(call, 'PAYLOAD_NOT_AN_OBJECT');
  const readable = object ?? {};
  for (const violation of protocol.schemas.diagnoseRequest(action, readable) ?? []) {
    addAnomaly(call, schemaAnomaly(violation));
  }
  try {
    const answer = route.answer(readable, call);
    return { kind: 'result', payload: answer instanceof Promise ? await answer : answer };
  } catch (cause) {
    if (!(cause instanceof WireFault)) return { kind: 'not-stored', billing, cause };
    if (!billing) return refuse(call, cause.fault, cause.message);
    return quarantine(route, readable, call, cause);
  }
}

/** a CALLERROR would make the charger drop its billing data, so unusable ones are kept and acknowledged. */
async function quarantine(
  route: Route,
  payload: WireObject,
  call: InboundCall,
  fault: WireFault,
): Promise<CallAnswer> {
  addAnomaly(call, fault.message);
  call.frame.verdict = 'quarantined';
  try {
    if (route.quarantine) return { kind: 'result', payload: await route.quarantine(payload, call, fault) };
    await call.edge.journal(call.frame);
    return { kind: 'result', payload: {} };
  } catch (cause) {
    return { kind: 'not-stored', billing: true, cause };
  }
}

function refuse(call: InboundCall, fault: RpcFault, description: string): CallAnswer {
  call.frame.verdict = 'rejected';
  addAnomaly(call, description);
  return { kind: 'error', fault, description };
}

/** One line about a deviation from the schema. */
export function schemaAnomaly(violation: Violation): string {
  return `SCHEMA ${violation.keyword} ${violation.pointer || '/'}`;
}

/** Adds one line about what is wrong with a message; one that was in order so far counts as repaired. */
export function addAnomaly(call: InboundCall, line: string): void {
  if (call.frame.verdict === 'ok') call.frame.verdict = 'repaired';
  if (call.frame.anomalies.length < ANOMALIES_MAX) call.frame.anomalies.push(line);
}
