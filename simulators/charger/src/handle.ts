import type { CallHandler, Payload, Protocol, ReceivedCall } from './protocol.js';
import type { ChargerTls } from './rpc-link.js';
import type { Script } from './script.js';
import type { Charging } from './sessions.js';
import type { StartInput, StopInput, Transaction } from './station.js';

export interface ChargerOptions {
  /** Endpoint without the identity, e.g. `ws://127.0.0.1:9000/ocpp`. */
  url: string;
  identity: string;
  /** Basic auth password (security profile 1 or 2). */
  password?: string;
  /** For `wss` endpoints (security profiles 2 and 3). */
  tls?: ChargerTls;
  protocol: Protocol;
  /** Number of 1.6 connectors or 2.0.1 EVSEs, default 1. */
  outlets?: number;
  /** Register of every outlet at power-up in Wh, default 100000. */
  meterWh?: number;
  /** Seconds of charging that pass in one second, default 1 (real time). */
  speed?: number;
  /** How a session goes on that the CSMS started; default 11 kW until it is stopped, without samples. */
  remoteCharging?: Charging;
  /** Whether a remote start is authorized first, default true. */
  authorizeRemote?: boolean;
  /** Check every frame against the OCA schemas, default true. */
  strict?: boolean;
  /** Wait after the first failed attempt of a transaction message, default 250 ms. */
  retryMs?: number;
  /** Reconnect by itself when the connection is lost, default false. */
  autoReconnect?: boolean;
  /** Played once the charger is connected. */
  script?: Script;
  log?: (text: string) => void;
}

/** How a charger reaches its CSMS and proves who it is. */
export type Access = Pick<ChargerOptions, 'url' | 'password' | 'tls'>;

/** A simulated charger. Outlets are 1.6 connectors or 2.0.1 EVSEs with one connector each. */
export interface Charger {
  readonly identity: string;
  readonly protocol: Protocol;
  /** CALLs of the CSMS, oldest first. */
  readonly received: readonly ReceivedCall[];
  /** Frames of either side that the schemas refused. */
  readonly violations: readonly string[];
  /** Resolves when the script given at the start is over; rejects when a step failed. */
  readonly scriptDone: Promise<void>;
  isConnected(): boolean;
  /** Transaction messages that wait for a connection or an answer. */
  queueLength(): number;
  /** Sends any CALL at once. @throws when not connected or answered by CALLERROR. */
  call(action: string, payload: Payload): Promise<Payload>;
  /** SEND of OCPP 2.1: not answered. */
  tell(action: string, payload: Payload): void;
  sendRaw(frame: string): void;
  /** Answers the next CALLs of this action by the handler in place of the built-in behaviour. */
  onCall(action: string, handler: CallHandler): void;
  /** BootNotification, then heartbeats in the interval of the answer. */
  boot(): Promise<Payload>;
  status(outlet: number, status: string, errorCode?: string): Promise<void>;
  authorize(idTag: string, idTokenType?: string): Promise<string>;
  /** StartTransaction or TransactionEvent Started. */
  startTransaction(input: StartInput): Promise<Transaction>;
  /** MeterValues or TransactionEvent Updated of the open transaction; `wh` sets the register first. */
  meterValues(outlet: number, wh?: number): Promise<void>;
  chargingState(outlet: number, state: 'Charging' | 'SuspendedEV' | 'SuspendedEVSE'): Promise<void>;
  /** StopTransaction or TransactionEvent Ended of the open transaction, without status messages. */
  stopTransaction(outlet: number, input?: StopInput): Promise<void>;
  /** A whole session of a driver with a card, until it ends; false when the card was refused. */
  session(input: { outlet: number; idTag: string } & Charging): Promise<boolean>;
  transaction(outlet: number): Transaction | undefined;
  readWh(outlet: number): number;
  setPowerW(outlet: number, powerW: number): void;
  run(script: Script): Promise<void>;
  /** Closes the connection in good order and stops everything. */
  close(): Promise<void>;
  /** Loses the connection without a close handshake; the charger lives on offline. */
  kill(): void;
  /** Connects again, delivers the queued messages in order and reports the statuses; `access` replaces its settings. */
  reconnect(access?: Access): Promise<void>;
}
