import { randomUUID } from 'node:crypto';
import type { CallOptions, CallOutcome, Clock } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { OcppLimits } from '../limits.js';
import type { WireCall } from '../protocol.js';
import type { WireObject } from '../wire.js';

type Priority = NonNullable<CallOptions['priority']>;

/** A call of ours as its answer and the journal need it. */
export interface OwnCall {
  messageId: string;
  action: string;
  payload: WireObject;
  correlationId: string | null;
  sentAt: EpochMs;
}

interface QueuedCall extends OwnCall {
  priority: Priority;
  timeoutMs: number;
  resolve(outcome: CallOutcome): void;
  cancelTimer(): void;
}

interface OutboundCallsOptions {
  clock: Clock;
  limits: Pick<OcppLimits, 'callTimeoutMs' | 'outboundQueueCalls' | 'lateResultMs'>;
  /** Writes the call to the socket. */
  send(call: OwnCall): void;
  onTimeout(call: OwnCall): void;
}

/** Timed-out calls whose answer may still come, per connection. */
const LATE_CALLS_MAX = 50;

const PRIORITIES: readonly [RegExp, Priority][] = [
  [/Certificate|SecurityLog|SetNetworkProfile/, 0],
  [/^(?:RemoteStop|RequestStop)Transaction$|^UnlockConnector$/, 1],
  [/^(?:RemoteStart|RequestStart)Transaction$|^ReserveNow$|^CancelReservation$/, 2],
  [/ChargingProfile/, 3],
];

/** what an action waits behind when the caller does not say. */
export function priorityOf(action: string): Priority {
  return PRIORITIES.find(([pattern]) => pattern.test(action))?.[1] ?? 4;
}

/** Our calls to one charger: one outstanding at a time, the most urgent next. */
export class OutboundCalls {
  readonly #options: OutboundCallsOptions;
  #queue: QueuedCall[] = [];
  #inFlight: QueuedCall | undefined;
  #late: OwnCall[] = [];
  #held = true;
  #closed = false;

  constructor(options: OutboundCallsOptions) {
    this.#options = options;
  }

  /** Nothing waits and nothing is outstanding. */
  get idle(): boolean {
    return this.#inFlight === undefined && this.#queue.length === 0;
  }

  /** From now on calls are sent; until then they wait. */
  release(): void {
    this.#held = false;
    this.#sendNext();
  }

  call(wire: WireCall, options: CallOptions = {}): Promise<CallOutcome> {
    const messageId = randomUUID();
    if (this.#closed) return Promise.resolve({ kind: 'lost', messageId });
    const { clock, limits } = this.#options;
    if (this.#queue.length >= limits.outboundQueueCalls) {
      const description = 'Too many calls wait for this station';
      return Promise.resolve({ kind: 'error', messageId, code: 'GenericError', description });
    }
    const timeoutMs = options.timeoutMs ?? limits.callTimeoutMs;
    return new Promise((resolve) => {
      const call: QueuedCall = {
        messageId,
        action: wire.action,
        payload: wire.payload,
        correlationId: options.correlationId ?? null,
        sentAt: 0,
        priority: options.priority ?? priorityOf(wire.action),
        timeoutMs,
        resolve,
        // A call that waits too long is never sent: whoever asked has given up (a start must not come late).
        cancelTimer: clock.after(timeoutMs, () => this.#expireQueued(call)),
      };
      const behind = this.#queue.findIndex((other) => other.priority > call.priority);
      this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, call);
      this.#sendNext();
    });
  }

  /**
   * Takes an answer. `answered`: to the outstanding call; `late`: to one that had timed out;
   * undefined: to none that is known.
   */
  settle(
    messageId: string,
    answer: { kind: 'result'; payload: WireObject } | { kind: 'error'; code: string; description: string },
  ): { kind: 'answered' | 'late'; call: OwnCall } | undefined {
    const call = this.#inFlight;
    if (call?.messageId === messageId) {
      this.#inFlight = undefined;
      call.cancelTimer();
      call.resolve({ ...answer, messageId });
      this.#sendNext();
      return { kind: 'answered', call };
    }
    const late = this.#late.find((candidate) => candidate.messageId === messageId);
    if (!late) return undefined;
    this.#late = this.#late.filter((candidate) => candidate !== late);
    const inTime = this.#options.clock.now() - late.sentAt <= this.#options.limits.lateResultMs;
    return inTime ? { kind: 'late', call: late } : undefined;
  }

  /** The call that an answer with this id belongs to, outstanding or timed out. */
  find(messageId: string): OwnCall | undefined {
    if (this.#inFlight?.messageId === messageId) return this.#inFlight;
    return this.#late.find((candidate) => candidate.messageId === messageId);
  }

  /** The connection is gone: everything ends as lost, at once. */
  close(): void {
    this.#closed = true;
    const calls = this.#inFlight ? [this.#inFlight, ...this.#queue] : this.#queue;
    this.#inFlight = undefined;
    this.#queue = [];
    for (const call of calls) {
      call.cancelTimer();
      call.resolve({ kind: 'lost', messageId: call.messageId });
    }
  }

  #sendNext(): void {
    if (this.#held || this.#inFlight || this.#closed) return;
    const call = this.#queue.shift();
    if (!call) return;
    const { clock, send } = this.#options;
    this.#inFlight = call;
    call.sentAt = clock.now();
    call.cancelTimer();
    call.cancelTimer = clock.after(call.timeoutMs, () => this.#expireInFlight(call));
    send(call);
  }

  #expireQueued(call: QueuedCall): void {
    this.#queue = this.#queue.filter((other) => other !== call);
    call.resolve({ kind: 'timeout', messageId: call.messageId });
  }

  #expireInFlight(call: QueuedCall): void {
    if (this.#inFlight !== call) return;
    this.#inFlight = undefined;
    this.#late = [...this.#late.slice(1 - LATE_CALLS_MAX), call];
    this.#options.onTimeout(call);
    call.resolve({ kind: 'timeout', messageId: call.messageId });
    this.#sendNext();
  }
}
