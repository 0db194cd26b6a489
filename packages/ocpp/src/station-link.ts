import type {
  CallOptions,
  CallOutcome,
  ChargerEdge,
  DeviceVariable,
  LearnedConfiguration,
  StationLink,
} from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { createConfigurationLink } from './configurations.js';
import { createLocalListLink } from './local-lists.js';
import type { WireCall } from './protocol.js';
import { protocolOf } from './protocols.js';
import type { StationSession } from './rpc/session.js';
import type { Connections } from './server/connections.js';
import type { Quarantine } from './server/quarantine.js';
import { isWireObject, type WireObject } from './wire.js';

// A-098, B-002: what a charger whose boot is pending is not sent.
const NOT_WHILE_PENDING: ReadonlySet<string> = new Set([
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
]);

const NOT_CONNECTED: CallOutcome = { kind: 'not-connected' };
const NOT_SUPPORTED: CallOutcome = { kind: 'not-supported' };

/** What core may ask of the connected chargers. */
export function createStationLink(options: {
  edge: ChargerEdge;
  connections: Connections;
  /** Chargers that are not stations yet. */
  quarantine?: Pick<Quarantine, 'release'>;
  checkContract: StationLink['checkContract'];
  certificateStatus: StationLink['certificateStatus'];
  now: () => EpochMs;
}): StationLink {
  const { edge, connections } = options;

  /** The connection, if the station may be sent this action now; a rejected one is left alone. */
  function reachable(session: StationSession, action: string): boolean {
    const boot = edge.bootStatus(session.connection.stationId);
    return boot !== 'Rejected' && !(boot === 'Pending' && NOT_WHILE_PENDING.has(action));
  }

  /** What an answer tells of the device model or of configuration keys. */
  function learned(
    { protocol }: StationSession,
    { action, payload }: WireCall,
    answer: WireObject,
  ): { variables?: DeviceVariable[]; configuration?: LearnedConfiguration } {
    const variables = protocol.readVariables?.(action, payload, answer, options.now()) ?? [];
    const configuration = protocol.configuration?.learned(action, payload, answer);
    return {
      ...(variables.length === 0 ? {} : { variables }),
      ...(configuration === undefined ? {} : { configuration }),
    };
  }

  /** C-005: one after another; the first that has no result is the outcome. */
  async function callInPieces(
    session: StationSession,
    action: string,
    payload: WireObject,
    callOptions: CallOptions | undefined,
  ): Promise<CallOutcome> {
    const { messageLimits } = edge.reading(session.connection.stationId);
    const split = session.protocol.split?.(action, payload, messageLimits);
    if (!split) return session.call({ action, payload }, callOptions);
    const answers: WireObject[] = [];
    let messageId = '';
    for (const piece of split.payloads) {
      const outcome = await session.call({ action, payload: piece }, callOptions);
      if (outcome.kind !== 'result') return outcome;
      answers.push(outcome.payload);
      messageId ||= outcome.messageId;
    }
    return { kind: 'result', messageId, payload: split.merge(answers) };
  }

  /** The session of a station whose boot was accepted. */
  function accepted(stationId: string): StationSession | undefined {
    const session = connections.get(stationId);
    return session && edge.bootStatus(stationId) === 'Accepted' ? session : undefined;
  }

  return {
    localLists: createLocalListLink({ session: accepted }),
    configurations: createConfigurationLink({ session: accepted }),
    checkContract: options.checkContract,
    certificateStatus: options.certificateStatus,
    isConnected: (stationId) => connections.get(stationId) !== undefined,
    async call(stationId, request, callOptions) {
      const session = connections.get(stationId);
      if (!session) return NOT_CONNECTED;
      const wire = session.protocol.toWire(request, edge.reading(stationId));
      if (!wire) return NOT_SUPPORTED;
      if (!reachable(session, wire.action)) return NOT_CONNECTED;
      const outcome = await session.call(wire, callOptions);
      if (outcome.kind !== 'result') return outcome;
      return {
        ...outcome,
        ...session.protocol.readAnswer(request, outcome.payload),
        ...learned(session, wire, outcome.payload),
      };
    },
    async callRaw(stationId, action, payload, callOptions) {
      const session = connections.get(stationId);
      if (!session) return NOT_CONNECTED;
      const { callable, schemas } = session.protocol;
      if (!callable.has(action)) return NOT_SUPPORTED;
      if (!isWireObject(payload)) {
        return { kind: 'invalid', violations: [{ pointer: '', message: 'must be object' }] };
      }
      const violations = schemas.checkOwnRequest(action, payload) ?? [];
      if (violations.length > 0) {
        return {
          kind: 'invalid',
          violations: violations.map(({ pointer, message }) => ({ pointer, message })),
        };
      }
      const broken = session.protocol.checkOwnCall?.(action, payload) ?? [];
      if (broken.length > 0) return { kind: 'invalid', violations: broken };
      if (!reachable(session, action)) return NOT_CONNECTED;
      const meaning = session.protocol.fromOwnCall(action, payload, edge.reading(stationId));
      const outcome = await callInPieces(session, action, payload, callOptions);
      if (outcome.kind !== 'result') return outcome;
      return {
        ...outcome,
        ...(meaning ? session.protocol.readAnswer(meaning, outcome.payload) : {}),
        ...learned(session, { action, payload }, outcome.payload),
      };
    },
    actionsOf(protocol) {
      const { callable, schemas } = protocolOf(protocol) ?? {};
      return (
        callable &&
        schemas && {
          actions: [...callable].sort(),
          schemaOf: (action) => (callable.has(action) ? schemas.requestSchema(action) : undefined),
        }
      );
    },
    reportAsked: (stationId, action, payload) =>
      isWireObject(payload) ? connections.get(stationId)?.protocol.reportAsked?.(action, payload) : undefined,
    meaningOf: (stationId, action, payload) =>
      connections.get(stationId)?.protocol.fromOwnCall(action, payload, edge.reading(stationId)),
    jobOf: (stationId, action, payload) => connections.get(stationId)?.protocol.jobOf(action, payload),
    disconnect(stationId, reason) {
      connections.get(stationId)?.close(1008, reason);
      options.quarantine?.release(stationId, reason);
    },
  };
}
