import type {
  AskedReport,
  BootDecision,
  CallOutcome,
  DeviceVariable,
  JobRequest,
  Reading,
  SchemaViolation,
  StationRequest,
  StationTraits,
} from '@roambridge/core';
import type { BootReport, EpochMs } from '@roambridge/domain';
import type { ConfigurationWire } from './configurations.js';
import type { LocalListWire } from './local-lists.js';
import type { InboundCall, Route, SendReader } from './routing.js';
import type { SchemaLibrary } from './validation/schema-library.js';
import type { WireObject } from './wire.js';

/** Registered subprotocol names that the gateway speaks. */
export type ProtocolName = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1';

/** One call to a charger in the words of its protocol. */
export interface WireCall {
  action: string;
  payload: WireObject;
}

/** One call as several that the charger takes, and their answers as one. */
export interface SplitCall {
  payloads: WireObject[];
  merge(answers: readonly WireObject[]): WireObject;
}

/** All that is different between the OCPP versions. */
export interface Protocol {
  name: ProtocolName;
  traits: StationTraits;
  /** Keys of HTTP Basic are carried as hex text. */
  hexKeys: boolean;
  /** What is done with each action that a charger may send. */
  routes: ReadonlyMap<string, Route>;
  /** Highest message type of the version: 4, or 6 with CALLRESULTERROR and SEND. */
  lastMessageType: 4 | 6;
  /** The messages that a charger may SEND, which nobody answers. */
  sends: ReadonlyMap<string, SendReader>;
  schemas: SchemaLibrary;
  /** Actions that we may send. */
  callable: ReadonlySet<string>;
  /** Undefined: the version has no such request. */
  toWire(request: StationRequest, reading: Reading): WireCall | undefined;
  /** What the answer to a request of core says beyond its status. */
  readAnswer(request: StationRequest, payload: WireObject): Partial<Extract<CallOutcome, { kind: 'result' }>>;
  /** What a call of the operator asks, in core's words; undefined where nothing is kept of it. */
  fromOwnCall(action: string, payload: unknown, reading: Reading): StationRequest | undefined;
  /** The action that a call asks the charger for, which it may then send although its boot is pending. */
  triggeredBy?(call: WireCall): string | undefined;
  /** Rules for a call of the operator that its schema does not say; absent = there are none. */
  checkOwnCall?(action: string, payload: WireObject): SchemaViolation['violations'];
  /** C-005: a call that is more than the charger takes at once, in pieces; undefined = it is sent as it is. */
  split?(action: string, payload: WireObject, limits: Reading['messageLimits']): SplitCall | undefined;
  /** The report that a call asks for (C-002). */
  reportAsked?(action: string, payload: WireObject): AskedReport | undefined;
  /** What the answer to a call of the operator tells of the device model. */
  readVariables?(action: string, request: WireObject, answer: WireObject, at: EpochMs): DeviceVariable[];
  /** The longer work that a call of the operator asks for. */
  jobOf(action: string, payload: unknown): JobRequest | undefined;
  localList: LocalListWire;
  /** Absent: the version has a device model in place of keys. */
  configuration?: ConfigurationWire;
  /** What a BootNotification says; throws a WireFault when it is unusable. */
  readBoot(payload: WireObject, call: InboundCall): BootReport;
  /** whether a charger whose boot was not accepted may send this. */
  allowsBeforeAcceptance(action: string, boot: BootDecision['status'] | undefined): boolean;
  /** whether garbage is answered with CALLERROR, and whether a message of an unknown type is. */
  answersGarbage: boolean;
  answersUnknownTypes: boolean;
  /** RFC 7692 compression is negotiated when the charger offers it. */
  compression: boolean;
}
