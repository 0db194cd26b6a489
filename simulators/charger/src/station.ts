import type { Meter } from './meter.js';
import type { CallHandler, Payload } from './protocol.js';
import type { TransactionMessage } from './transaction-queue.js';

/** One charging transaction as the charger knows it. */
export interface Transaction {
  /** 1.6 connectorId, 2.0.1 EVSE id. */
  readonly outlet: number;
  /** 1.6: given by the CSMS, undefined until it answered; 2.0.1: made by the charger. */
  id: string | number | undefined;
  idTag: string | undefined;
  /** OCPP 2.0.1 seqNo of the next event. */
  seqNo: number;
  readonly startWh: number;
  /** Authorization status other than Accepted in the answer to the start. */
  refused: string | undefined;
  /** Aborted as soon as the transaction begins to end. */
  readonly over: AbortController;
}

/** 1.6 connector or 2.0.1 EVSE with one connector. */
export interface Outlet {
  readonly number: number;
  status: string;
  readonly meter: Meter;
  transaction?: Transaction;
  /** The reservation that holds the outlet. */
  reservation?: { id: number; idTag: string };
}

/** What both protocol versions share of the charger. */
export interface Station {
  readonly identity: string;
  readonly serial: string;
  readonly vendor: string;
  readonly model: string;
  readonly outlets: ReadonlyMap<number, Outlet>;
  isOnline(): boolean;
  call(action: string, payload: Payload): Promise<Payload>;
  /** SEND of OCPP 2.1: nobody answers it, and it waits for nothing. */
  tell(action: string, payload: Payload): void;
  /** Through the transaction queue: survives a lost connection. */
  send(message: TransactionMessage): Promise<Payload | undefined>;
  queueLength(): number;
  /** Runs after the answer to the CALL in hand has left; faults are logged. */
  later(work: () => Promise<unknown>): void;
  /** Ends transactions, drops the connection and boots again. */
  reset(reason: string): Promise<void>;
  log(text: string): void;
}

export interface StartInput {
  outlet: number;
  idTag?: string;
  /** OCPP 2.0.1 token type, default ISO14443. */
  idTokenType?: string;
  /** Register at the start, default the meter. */
  meterStartWh?: number;
  /** OCPP 2.0.1: the start was requested by the CSMS. */
  remoteStartId?: number;
  reservationId?: number;
}

export interface StopInput {
  /** Stop reason in the words of the protocol version. */
  reason?: string;
  idTag?: string;
  meterStopWh?: number;
}

export type ChargingState = 'Charging' | 'SuspendedEV' | 'SuspendedEVSE';

/** The messages of one protocol version behind the same charger. */
export interface Dialect {
  boot(reason: string): Promise<Payload>;
  status(outlet: Outlet, status: string, errorCode?: string): Promise<void>;
  /** Status texts of the moments of a session. */
  readonly words: { pluggedIn: string; finishing: string | undefined; remote: string; refused: string };
  /** Resolves with the authorization status, `Accepted` when charging may start. */
  authorize(idTag: string, idTokenType?: string): Promise<string>;
  /** Messages of a start by a driver: the order of authorization and start is the version's own. */
  startLocally(outlet: Outlet, idTag: string): Promise<Transaction | undefined>;
  start(outlet: Outlet, input: StartInput): Promise<Transaction>;
  chargingState(outlet: Outlet, state: ChargingState): Promise<void>;
  sample(outlet: Outlet, transaction: Transaction | undefined, context: SampleContext): Promise<void>;
  stop(transaction: Transaction, outlet: Outlet, input: StopInput): Promise<void>;
  handlers(sessions: Sessions): Record<string, CallHandler>;
}

export type SampleContext = 'Sample.Periodic' | 'Sample.Clock' | 'Trigger';

/** What the CSMS may ask of the sessions. */
export interface Sessions {
  startRemotely(outlet: Outlet, input: StartInput & { idTag: string }): Promise<void>;
  finish(outlet: Outlet, input: StopInput): Promise<void>;
}

/** Outlet of that number. @throws Error when the charger has none. */
export function outletOf(station: Station, number: number): Outlet {
  const outlet = station.outlets.get(number);
  if (!outlet) throw new Error(`${station.identity} has no connector ${number}`);
  return outlet;
}

export function newTransaction(
  outlet: Outlet,
  input: StartInput,
  id: string | number | undefined,
): Transaction {
  const transaction: Transaction = {
    outlet: outlet.number,
    id,
    idTag: input.idTag,
    seqNo: 0,
    startWh: input.meterStartWh ?? outlet.meter.readWh(),
    refused: undefined,
    over: new AbortController(),
  };
  outlet.transaction = transaction;
  return transaction;
}

/** The outlet on which a remote start may happen, undefined when none is free for that token. */
export function freeOutlet(station: Station, wanted: number | undefined, idTag: string): Outlet | undefined {
  const candidates =
    wanted === undefined ? [...station.outlets.values()] : [station.outlets.get(wanted)].filter((o) => !!o);
  return candidates.find(
    (outlet) =>
      outlet.transaction === undefined &&
      outlet.status !== 'Faulted' &&
      outlet.status !== 'Unavailable' &&
      (outlet.reservation === undefined || sameTag(outlet.reservation.idTag, idTag)),
  );
}

export function sameTag(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}

/** OCPP timestamp of now. */
export function timestamp(): string {
  return new Date().toISOString();
}
