import type {
  CallOutcome,
  LocalListAnswer,
  LocalListLimits,
  LocalListLink,
  LocalListUpdate,
} from '@roambridge/core';
import type { WireCall } from './protocol.js';
import type { StationSession } from './rpc/session.js';
import type { WireObject } from './wire.js';

/** How one protocol version speaks about local lists. */
export interface LocalListWire {
  versionCall: WireCall;
  readVersion(answer: WireObject): number | 'not-supported';
  limitsCall: WireCall;
  readLimits(answer: WireObject): LocalListLimits;
  sendCall(update: LocalListUpdate): WireCall;
  readAnswer(answer: WireObject): LocalListAnswer;
}

/** Lists go behind everything that a driver or a partner waits for. */
const OPTIONS = { priority: 4 } as const;

/** The local lists of the connected stations. */
export function createLocalListLink(options: {
  /** The session of a station that may be called now. */
  session(stationId: string): StationSession | undefined;
}): LocalListLink {
  async function call(
    stationId: string,
    callOf: (wire: LocalListWire) => WireCall,
  ): Promise<{ wire: LocalListWire; outcome: CallOutcome } | undefined> {
    const session = options.session(stationId);
    if (!session) return undefined;
    const wire = session.protocol.localList;
    return { wire, outcome: await session.call(callOf(wire), OPTIONS) };
  }

  return {
    async version(stationId) {
      const answered = await call(stationId, (wire) => wire.versionCall);
      if (answered?.outcome.kind === 'error') return 'not-supported';
      return answered?.outcome.kind === 'result'
        ? answered.wire.readVersion(answered.outcome.payload)
        : 'no-answer';
    },
    async limits(stationId) {
      const answered = await call(stationId, (wire) => wire.limitsCall);
      // A station that cannot be asked for its limits has the usual ones.
      if (answered?.outcome.kind === 'error') return answered.wire.readLimits({});
      return answered?.outcome.kind === 'result'
        ? answered.wire.readLimits(answered.outcome.payload)
        : undefined;
    },
    async send(stationId, update) {
      const answered = await call(stationId, (wire) => wire.sendCall(update));
      if (answered?.outcome.kind === 'error') return 'failed';
      return answered?.outcome.kind === 'result'
        ? answered.wire.readAnswer(answered.outcome.payload)
        : 'no-answer';
    },
  };
}
