import { createRPCError, RPCClient } from 'ocpp-rpc';
import { asPayload, type CallHandler, CallRefusal, type Payload, type Protocol } from './protocol.js';
import { VALIDATORS } from './validators.js';

const CALL_TIMEOUT_MS = 30_000;
const PING_INTERVAL_MS = 30_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** PEM texts of a `wss` connection. */
export interface ChargerTls {
  /** Authorities of the CSMS, default those of the system. */
  ca?: string;
  /** Client certificate and its key (security profile 3). */
  cert?: string;
  key?: string;
}

export interface LinkOptions {
  /** Without the identity, e.g. `ws://127.0.0.1:9000/ocpp`. */
  url: string;
  identity: string;
  password?: string;
  tls?: ChargerTls;
  protocol: Protocol;
  strict: boolean;
  onCall: (action: string, payload: Payload) => ReturnType<CallHandler>;
  onClosed: (code: number) => void;
  /** A frame of either side that the OCA schema refuses; only in strict mode. */
  onViolation: (violation: string) => void;
}

/** One WebSocket connection to the CSMS; it is never reopened. */
export interface Link {
  isOpen(): boolean;
  call(action: string, payload: Payload): Promise<Payload>;
  sendRaw(frame: string): void;
  close(): Promise<void>;
  terminate(): void;
}

/** Our own CALL breaks its schema: a fault of the simulation, never worth a retry. */
export class InvalidCall extends Error {
  constructor(action: string, description: string) {
    super(`${action} breaks its schema: ${description}`);
    this.name = 'InvalidCall';
  }
}

/**
 * Opens the connection.
 * @throws the error of the upgrade: `code` holds the HTTP status when the CSMS refused it.
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  let open = false;
  const client = new RPCClient({
    endpoint: options.url,
    identity: options.identity,
    password: options.password ?? null,
    protocols: [options.protocol],
    strictMode: options.strict,
    strictModeValidators: VALIDATORS,
    reconnect: false,
    maxReconnects: 0,
    callTimeoutMs: CALL_TIMEOUT_MS,
    pingIntervalMs: PING_INTERVAL_MS,
    deferPingsOnActivity: false,
    respondWithDetailedErrors: false,
    callConcurrency: 1,
    maxBadMessages: Number.POSITIVE_INFINITY,
    wsOpts: { ...options.tls },
    headers: {},
    backoff: { initialDelay: 1000, maxDelay: 10_000, factor: 2, randomisationFactor: 0 },
  });

  let invalidCall: InvalidCall | undefined;
  client.on('strictValidationFailure', (failure: StrictFailure) => {
    const sender = failure.outbound ? 'charger' : 'CSMS';
    const kind = failure.isCall ? 'CALL' : 'CALLRESULT';
    options.onViolation(`${sender} ${kind} ${failure.method}: ${failure.error.message}`);
    if (failure.outbound && failure.isCall)
      invalidCall = new InvalidCall(failure.method, failure.error.message);
  });
  client.handle(async ({ method, params }) => {
    try {
      return await options.onCall(method ?? '', asPayload(params) ?? {});
    } catch (error) {
      if (error instanceof CallRefusal) throw createRPCError(error.code, error.message, {});
      throw error;
    }
  });
  client.on('close', (event: { code?: number }) => {
    if (!open) return;
    open = false;
    options.onClosed(event.code ?? 1006);
  });
  await client.connect();
  open = true;

  return {
    isOpen: () => open,
    async call(action, payload) {
      invalidCall = undefined;
      try {
        return asPayload(await client.call(action, payload)) ?? {};
      } catch (error) {
        throw invalidCall ?? error;
      }
    },
    sendRaw: (frame) => client.sendRaw(frame),
    async close() {
      const closed = client.close({ code: 1000, reason: 'charger stops' });
      const late = setTimeout(() => void client.close({ force: true }), CLOSE_TIMEOUT_MS);
      await closed.catch(() => undefined);
      clearTimeout(late);
    },
    terminate() {
      open = false;
      void client.close({ force: true }).catch(() => undefined);
      options.onClosed(1006);
    },
  };
}

interface StrictFailure {
  method: string;
  outbound: boolean;
  isCall: boolean;
  error: Error;
}
