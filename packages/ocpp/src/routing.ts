import type { ChargerEdge, FrameRecord } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { WireFault } from './validation/wire-fault.js';
import type { WireObject } from './wire.js';

/** One message of a charger while it is being dealt with. */
export interface InboundCall {
  readonly edge: ChargerEdge;
  readonly stationId: string;
  readonly receivedAt: EpochMs;
  /** Actions that the charger was asked to send; absent = none. */
  readonly triggered?: ReadonlySet<string>;
  /** Becomes part of what core stores; reading the message fills in its anomalies. */
  readonly frame: FrameRecord;
  /** Runs once the answer to this call has been written to the socket. */
  afterAnswer(task: () => void): void;
}

export type Answer = WireObject | Promise<WireObject>;

/** What the gateway does with one action of one protocol version. */
export interface Route {
  /**
   * `billing`: never answered with CALLERROR because of its content; when it cannot be stored it is not answered
   * at all, so that the charger repeats it. `plain`: everything else.
   */
  messageClass: 'billing' | 'plain';
  /** the answer is sent again when the message is; false where an old answer would be wrong. */
  repeatable: boolean;
  /** an eMSP may have to be asked; messages behind it do not wait. */
  waitsForOthers?: true;
  /** The answer to this payload is `{}` whatever core says: it is stored together with the message. */
  answersEmpty?(payload: unknown, showsCost: () => boolean): boolean;
  /** Reads the payload, then asks core. Throws a WireFault before core was asked when the payload is unusable. */
  answer(payload: WireObject, call: InboundCall): Answer;
  /** Legal answer to an unusable payload; the frame is already marked. Absent: CALLERROR. */
  quarantine?(payload: WireObject, call: InboundCall, fault: WireFault): Promise<WireObject>;
}

/** Looks at a message that is kept and not answered; throws a WireFault when it is unusable. */
export type SendReader = (payload: WireObject, call: InboundCall) => void;

/** For messages whose only answer is `{}`. */
export const always = (): boolean => true;

/** Stores the frame and answers with the empty object. */
export async function journalOnly(_payload: WireObject, call: InboundCall): Promise<WireObject> {
  await call.edge.journal(call.frame);
  return {};
}

/** A notification that is kept and acknowledged, whatever is in it. */
export const acknowledged: Route = {
  messageClass: 'plain',
  repeatable: true,
  answer: journalOnly,
};
