import type {
  CallOptions,
  CallOutcome,
  ChargerEdge,
  Clock,
  FrameRecord,
  Log,
  StationConnection,
} from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { OcppCounters } from '../counters.js';
import type { OcppLimits } from '../limits.js';
import type { Protocol, WireCall } from '../protocol.js';
import { answerCall } from './answer-call.js';
import { type AnswerMemory, fingerprintOf } from './answer-memory.js';
import { decodeMessage } from './decode-message.js';
import { ERROR_CODES, type RpcFault } from './error-codes.js';
import {
  encodeCall,
  encodeError,
  encodeResult,
  encodeResultError,
  type Frame,
  type MessageId,
} from './frame.js';
import { InboundQueue } from './inbound-queue.js';
import { Liveness } from './liveness.js';
import { oddId } from './odd-id.js';
import { OutboundCalls, type OwnCall } from './outbound-calls.js';
import { receiveAnswer } from './receive-answer.js';
import { receiveUnanswered, type UnansweredFrame } from './receive-unanswered.js';
import { answerRecord, frameRecord, garbageRecord } from './records.js';
import { closeReason, type StationSocket } from './station-socket.js';

export interface SessionOptions {
  socket: StationSocket;
  protocol: Protocol;
  connection: StationConnection;
  edge: ChargerEdge;
  clock: Clock;
  log: Log;
  limits: Readonly<OcppLimits>;
  counters: OcppCounters;
  memory: AnswerMemory;
  /** 0 = this charger is never pinged. */
  pingIntervalMs: number;
  /** Work of the connection that this one replaces; the station's messages stay in order. */
  after?: Promise<void>;
}

type GarbageFrame = Extract<Frame, { kind: 'unknown-type' | 'malformed' }>;

/** One message as it came from the socket. */
interface Received {
  raw: string;
  at: EpochMs;
  /** What was odd about the WebSocket frame itself. */
  anomalies: readonly string[];
}

type CallFrame = Extract<Frame, { kind: 'call' }>;

interface Queued extends Received {
  frame: CallFrame | UnansweredFrame;
}

/** One socket of one charger: order, answers and our own calls. Knows no action by its content. */
export class StationSession {
  readonly #options: SessionOptions;
  readonly #inbound: InboundQueue<Queued>;
  readonly #outbound: OutboundCalls;
  readonly #liveness: Liveness;
  /** Actions that this charger was asked to send (B02.FR.09). */
  readonly #triggered = new Set<string>();
  #replaced = false;
  #announced = false;
  #cancelHold = (): void => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    const { socket, clock, limits, counters, connection } = options;
    this.#liveness = new Liveness(options.pingIntervalMs, connection.at);
    this.#outbound = new OutboundCalls({
      clock,
      limits,
      send: (call) => this.#sendCall(call),
      onTimeout: () => {
        counters.callTimeouts += 1;
      },
    });
    this.#inbound = new InboundQueue<Queued>(
      {
        limits,
        process: (item) => this.#process(item),
        waitsForOthers: ({ frame }) =>
          frame.kind === 'call' && options.protocol.routes.get(frame.action)?.waitsForOthers === true,
        pause: () => socket.pause(),
        resume: () => socket.resume(),
      },
      this.#announce(),
    );
  }

  get connection(): StationConnection {
    return this.#options.connection;
  }

  get protocol(): Protocol {
    return this.#options.protocol;
  }

  /** No message is being answered and no call is outstanding. */
  get isIdle(): boolean {
    return this.#inbound.isIdle && this.#outbound.idle;
  }

  /** Resolves when every message that was accepted has been dealt with. */
  settled(): Promise<void> {
    return this.#inbound.idle();
  }

  call(wire: WireCall, options?: CallOptions): Promise<CallOutcome> {
    const triggered = this.#options.protocol.triggeredBy?.(wire);
    if (triggered !== undefined) this.#triggered.add(triggered);
    return this.#outbound.call(wire, options);
  }

  /** Takes one message as it came from the socket. */
  receive(raw: string, ofSocket: readonly string[]): void {
    const { clock, counters, edge, protocol, connection } = this.#options;
    const at = clock.now();
    this.#liveness.heard(at);
    counters.framesIn += 1;
    if (this.#replaced) return;
    const { frame, anomalies } = decodeMessage(this.#options, raw, ofSocket);
    switch (frame.kind) {
      case 'call':
      case 'send':
      case 'result-error':
        this.#inbound.push({ frame, raw, at, anomalies });
        return;
      case 'result':
      case 'error': {
        const { stationId } = connection;
        const world = { edge, protocol, stationId, counters, outbound: this.#outbound };
        receiveAnswer({ ...world, refuse: this.#refuseResult }, frame, { raw, at, anomalies });
        return;
      }
      default:
        this.#refuseGarbage(frame, { raw, at, anomalies });
    }
  }

  /** A ping or a pong came. */
  heard(): void {
    this.#liveness.heard(this.#options.clock.now());
  }

  /** Whether it was pinged so short a time ago. */
  pingedWithin(ms: number): boolean {
    return this.#liveness.pingedWithin(ms, this.#options.clock.now());
  }

  /** Pings when it is time, and cuts a connection on which nothing is heard any more. */
  checkLiveness(now: EpochMs): void {
    const { socket, connection, log } = this.#options;
    // While we ourselves do not read, because messages wait, silence says nothing.
    if (socket.readyState !== socket.OPEN || !this.#inbound.isIdle) return;
    const due = this.#liveness.due(now);
    if (due === 'ping') socket.ping();
    if (due !== 'give-up') return;
    log.info({ stationId: connection.stationId }, 'station is silent');
    socket.terminate();
  }

  /** A newer connection took over: calls are lost, what was not begun is left to the charger to repeat. */
  replace(): void {
    this.#replaced = true;
    this.#inbound.discard();
    this.#outbound.close();
    this.close(1001, 'replaced by a newer connection');
  }

  /** Closes the socket; cuts it when the charger does not answer in time. */
  close(code: number, reason: string): void {
    const { socket, clock, limits } = this.#options;
    if (socket.readyState === socket.CLOSED) return;
    socket.close(code, closeReason(reason));
    const cancel = clock.after(limits.closeTimeoutMs, () => socket.terminate());
    socket.once('close', cancel);
  }

  /** Ends the connection without a word. */
  cut(): void {
    this.#options.socket.terminate();
  }

  /** The socket is gone. What had been received is still dealt with: it may be billing data. */
  async closed(reason: string): Promise<void> {
    const { edge, connection } = this.#options;
    this.#cancelHold();
    this.#outbound.close();
    await this.#inbound.idle();
    if (this.#announced) edge.disconnected(connection.stationId, connection.generation, reason);
  }

  async #announce(): Promise<void> {
    const { edge, connection, clock, limits, log, after, socket } = this.#options;
    try {
      await after;
      if (this.#replaced) return;
      await edge.connected(connection);
      this.#announced = true;
    } catch (cause) {
      log.error({ stationId: connection.stationId, err: cause }, 'station could not be loaded');
      this.#inbound.discard();
      this.close(1011, 'try again later');
      return;
    }
    if (socket.readyState === socket.CLOSED) return;
    // some chargers drop the connection when they are called before they have booted.
    const booted = edge.bootStatus(connection.stationId) !== undefined;
    this.#cancelHold = clock.after(booted ? limits.settleMs : limits.firstBootWaitMs, () =>
      this.#outbound.release(),
    );
  }

  #process(item: Queued): Promise<void> {
    const { frame } = item;
    if (frame.kind === 'call') return this.#answer(frame, item);
    return receiveUnanswered({ ...this.#options, stationId: this.connection.stationId }, frame, item);
  }

  async #answer(frame: CallFrame, { raw, at, anomalies }: Received): Promise<void> {
    const { edge, protocol, connection, clock, memory, counters } = this.#options;
    const { stationId } = connection;
    const { id, action } = frame;
    const record = frameRecord({
      stationId,
      at,
      direction: 'in',
      messageType: 2,
      messageId: id,
      action,
      raw,
    });
    for (const anomaly of anomalies) record.anomalies.push(anomaly);
    for (const anomaly of oddId(id)) record.anomalies.push(anomaly);
    if (record.anomalies.length > 0) record.verdict = 'repaired';
    const route = protocol.routes.get(action);
    const fingerprint = route?.repeatable ? fingerprintOf(raw) : undefined;
    if (fingerprint !== undefined) {
      const earlier = memory.recall(stationId, record.messageId ?? '', fingerprint, at);
      if (earlier !== undefined) {
        counters.duplicates += 1;
        record.anomalies.push('DUPLICATE_MESSAGE');
        edge.note(record);
        this.#sendAnswer(3, record, earlier);
        return;
      }
    }
    let afterAnswer: (() => void)[] | undefined;
    if (route?.answersEmpty?.(frame.payload, () => edge.showsCost(stationId)))
      record.answer = encodeResult(id, {});
    const answer = await answerCall(protocol, action, frame.payload, {
      edge,
      stationId,
      receivedAt: at,
      frame: record,
      triggered: this.#triggered,
      afterAnswer: (task) => {
        afterAnswer ??= [];
        afterAnswer.push(task);
      },
    });
    switch (answer.kind) {
      case 'result': {
        if (record.verdict === 'repaired') counters.repaired += 1;
        if (record.verdict === 'quarantined') counters.quarantined += 1;
        const stored = Object.keys(answer.payload).length === 0 ? record.answer : undefined;
        const text = stored ?? encodeResult(id, answer.payload);
        if (action === 'BootNotification') this.#booted(answer.payload);
        if (fingerprint !== undefined) {
          const messageId = record.messageId ?? '';
          memory.remember(stationId, { messageId, action, fingerprint, text, at: clock.now() });
        }
        if (text === record.answer) this.#send(text);
        else this.#sendAnswer(3, record, text);
        for (const task of afterAnswer ?? []) task();
        return;
      }
      case 'error':
        delete record.answer;
        counters.rejected += 1;
        edge.note(record);
        this.#sendError(record, id, answer.fault, answer.description);
        return;
      case 'not-stored':
        this.#notStored(record, id, answer);
    }
  }

  /** what is not stored is not acknowledged; the charger repeats its billing messages after reconnecting. */
  #notStored(record: FrameRecord, id: MessageId, answer: { billing: boolean; cause: unknown }): void {
    const { log, counters } = this.#options;
    counters.notStored += 1;
    log.error(
      { stationId: record.stationId, action: record.action, err: answer.cause },
      'message not stored',
    );
    if (answer.billing) {
      this.#inbound.discard();
      this.close(1011, 'try again later');
      return;
    }
    this.#sendError(record, id, 'internal', 'The message could not be dealt with');
  }

  #booted(answer: Record<string, unknown>): void {
    const { memory, connection } = this.#options;
    if (typeof answer.interval === 'number' && answer.status === 'Accepted') {
      this.#liveness.expectHeartbeat(answer.interval * 1_000);
    }
    memory.forget(connection.stationId);
    // After the answer itself has been written.
    queueMicrotask(() => this.#outbound.release());
  }

  #refuseGarbage(frame: GarbageFrame, { raw, at, anomalies }: Received): void {
    const { edge, protocol, counters, connection } = this.#options;
    const { id, type } = frame;
    const reason = frame.kind === 'malformed' ? frame.reason : `unknown message type ${type}`;
    const record = garbageRecord({ ...frame, raw, at, stationId: connection.stationId });
    record.anomalies.push(...anomalies, reason);
    counters.malformed += 1;
    edge.note(record);
    // An unreadable answer, or a message that has none, is not answered: only calls are.
    if (frame.kind === 'malformed' && type !== undefined && type > 2) return;
    const call = type === 2 && id !== undefined;
    const answers = frame.kind === 'malformed' ? protocol.answersGarbage : protocol.answersUnknownTypes;
    if (!call && !answers) return;
    const fault = frame.kind === 'malformed' ? 'frame' : 'message-type';
    this.#sendError(record, id ?? '-1', fault, reason);
  }

  #sendCall({ messageId, action, payload, sentAt, correlationId }: OwnCall): void {
    const { edge, connection } = this.#options;
    const raw = encodeCall(messageId, action, payload);
    const { stationId } = connection;
    edge.note(
      frameRecord({
        stationId,
        at: sentAt,
        direction: 'out',
        messageType: 2,
        messageId,
        action,
        raw,
        correlationId,
      }),
    );
    this.#send(raw);
  }

  #sendError(inbound: FrameRecord, id: MessageId, fault: RpcFault, description: string): void {
    const text = encodeError(id, this.#code(fault), description);
    this.#sendAnswer(4, inbound, text);
  }

  readonly #refuseResult = (inbound: FrameRecord, id: MessageId, description: string): void => {
    if (this.#options.protocol.lastMessageType < 5) return;
    this.#sendAnswer(5, inbound, encodeResultError(id, this.#code('format'), description));
  };

  #sendAnswer(type: 3 | 4 | 5, inbound: FrameRecord, text: string): void {
    const { edge, clock } = this.#options;
    if (this.#send(text)) edge.note(answerRecord(inbound, type, text, clock.now()));
  }

  #send(text: string): boolean {
    const { socket, counters, limits, connection, log } = this.#options;
    if (socket.readyState !== socket.OPEN) return false;
    socket.send(text);
    counters.framesOut += 1;
    if (socket.bufferedAmount > limits.maxBufferedBytes) {
      log.warn({ stationId: connection.stationId }, 'station does not read its answers');
      socket.terminate();
    }
    return true;
  }

  #code(fault: RpcFault): string {
    return ERROR_CODES[this.#options.protocol.name][fault];
  }
}
