import type { ConfigurationLink, LearnedConfiguration, ReadConfiguration, SetAnswer } from '@roambridge/core';
import type { WireCall } from './protocol.js';
import type { StationSession } from './rpc/session.js';
import type { WireObject } from './wire.js';

/** How one protocol version speaks about configuration keys. */
export interface ConfigurationWire {
  readCall(keys: readonly string[]): WireCall;
  readAnswer(answer: WireObject): ReadConfiguration;
  setCall(key: string, value: string): WireCall;
  setAnswer(answer: WireObject): SetAnswer;
  /** What the answer to a call of the operator tells of keys; undefined = nothing. */
  learned(action: string, request: WireObject, answer: WireObject): LearnedConfiguration | undefined;
}

/** Behind everything that a driver or a partner waits for. */
const OPTIONS = { priority: 4 } as const;

/** The configuration keys of the connected stations whose version has them. */
export function createConfigurationLink(options: {
  /** The session of a station that may be called now. */
  session(stationId: string): StationSession | undefined;
}): ConfigurationLink {
  return {
    async read(stationId, keys) {
      const session = options.session(stationId);
      const wire = session?.protocol.configuration;
      if (!session || !wire) return undefined;
      const outcome = await session.call(wire.readCall(keys), OPTIONS);
      return outcome.kind === 'result' ? wire.readAnswer(outcome.payload) : undefined;
    },
    async set(stationId, key, value) {
      const session = options.session(stationId);
      const wire = session?.protocol.configuration;
      if (!session || !wire) return 'no-answer';
      const outcome = await session.call(wire.setCall(key, value), OPTIONS);
      if (outcome.kind === 'error') return 'not-supported';
      return outcome.kind === 'result' ? wire.setAnswer(outcome.payload) : 'no-answer';
    },
  };
}
