import { randomUUID } from 'node:crypto';
import type { Access, Charger, ChargerOptions } from './handle.js';
import { createMeter } from './meter.js';
import {
  type CallHandler,
  CallRefusal,
  numeric,
  type Payload,
  type Protocol,
  type ReceivedCall,
} from './protocol.js';
import { type Link, openLink } from './rpc-link.js';
import { runScript } from './run-script.js';
import { createSessions } from './sessions.js';
import { type Dialect, type Outlet, outletOf, type Station } from './station.js';
import { createTransactionQueue } from './transaction-queue.js';
import { createDialect16 } from './v16/dialect.js';
import { createDialect21 } from './v21/dialect.js';
import { createDialect201 } from './v201/dialect.js';

/** Newest CALLs of the CSMS that are kept for inspection. */
const RECEIVED_CALLS_KEPT = 1_000;
const VIOLATIONS_KEPT = 100;
const DEFAULT_RETRY_MS = 250;
const RECONNECT_INITIAL_MS = 500;
const RECONNECT_MAX_MS = 10_000;
const MS_PER_SECOND = 1_000;
/** Message type of OCPP 2.1 that is not answered. */
const SEND = 6;

const MODELS = {
  'ocpp1.6': 'Sim 16',
  'ocpp2.0.1': 'Sim 201',
  'ocpp2.1': 'Sim 21',
} as const satisfies Record<Protocol, string>;

/**
 * Connects a simulated charger.
 * @throws the error of the WebSocket upgrade (`code` = HTTP status) when the CSMS refuses it.
 */
export async function startCharger(options: ChargerOptions): Promise<Charger> {
  const log = options.log ?? (() => undefined);
  const received: ReceivedCall[] = [];
  const violations: string[] = [];
  const overrides = new Map<string, CallHandler>();
  let link: Link | undefined;
  let closed = false;
  let access: Access = accessOf(options);
  let heartbeat: NodeJS.Timeout | undefined;

  const outlets = new Map<number, Outlet>();
  for (let number = 1; number <= (options.outlets ?? 1); number += 1) {
    const meter = createMeter({ initialWh: options.meterWh ?? 100_000, speed: options.speed ?? 1 });
    outlets.set(number, { number, status: 'Available', meter });
  }
  const queue = createTransactionQueue({
    link: () => link,
    retryMs: options.retryMs ?? DEFAULT_RETRY_MS,
    log,
  });

  const isOnline = () => link?.isOpen() === true;
  const station: Station = {
    identity: options.identity,
    serial: `SN-${options.identity}`,
    vendor: 'Roambridge',
    model: MODELS[options.protocol],
    outlets,
    isOnline,
    call(action, payload) {
      if (!link) return Promise.reject(new Error(`${options.identity} is not connected`));
      return link.call(action, payload);
    },
    tell(action, payload) {
      link?.sendRaw(JSON.stringify([SEND, randomUUID(), action, payload]));
    },
    send: (message) => queue.send(message),
    queueLength: () => queue.length(),
    later(work) {
      setImmediate(() => {
        if (!closed) work().catch(logFault);
      });
    },
    reset,
    log,
  };
  const dialect = DIALECTS[options.protocol](station);
  const sessions = createSessions({
    station,
    dialect,
    remote: options.remoteCharging ?? { powerW: 11_000 },
    authorizeRemote: options.authorizeRemote ?? true,
  });
  const handlers = dialect.handlers(sessions);

  function logFault(error: unknown): void {
    if (!closed) log(`fault: ${error instanceof Error ? error.message : String(error)}`);
  }

  async function connect(): Promise<void> {
    link = await openLink({
      ...access,
      identity: options.identity,
      protocol: options.protocol,
      strict: options.strict ?? true,
      onCall(action, payload) {
        received.push({ action, payload, at: Date.now() });
        if (received.length > RECEIVED_CALLS_KEPT) received.shift();
        const handler = overrides.get(action) ?? handlers[action];
        if (!handler) throw new CallRefusal('NotImplemented', `${action} is not implemented`);
        return handler(payload);
      },
      onClosed(code) {
        if (closed) return;
        log(`connection lost (${code})`);
        if (options.autoReconnect === true) reconnectLater(RECONNECT_INITIAL_MS);
      },
      onViolation(violation) {
        violations.push(violation);
        if (violations.length > VIOLATIONS_KEPT) violations.shift();
        log(`schema violation: ${violation}`);
      },
    });
  }

  function reconnectLater(waitMs: number): void {
    setTimeout(() => {
      if (closed || isOnline()) return;
      reconnect().catch(() => reconnectLater(Math.min(waitMs * 2, RECONNECT_MAX_MS)));
    }, waitMs).unref();
  }

  async function reconnect(changed?: Access): Promise<void> {
    if (isOnline()) return;
    if (changed) access = changed;
    await connect();
    await queue.flush();
    for (const outlet of outlets.values()) await dialect.status(outlet, outlet.status);
  }

  async function boot(reason = 'PowerUp'): Promise<Payload> {
    const answer = await dialect.boot(reason);
    const intervalSeconds = numeric(answer, 'interval') ?? 0;
    clearInterval(heartbeat);
    if (intervalSeconds > 0) {
      heartbeat = setInterval(() => {
        if (isOnline()) station.call('Heartbeat', {}).catch(logFault);
      }, intervalSeconds * MS_PER_SECOND);
      heartbeat.unref();
    }
    return answer;
  }

  async function reset(reason: string): Promise<void> {
    for (const outlet of outlets.values()) await sessions.finish(outlet, { reason });
    const old = link;
    link = undefined;
    await old?.close();
    await connect();
    await boot('RemoteReset');
    await queue.flush();
    for (const outlet of outlets.values()) await dialect.status(outlet, outlet.status);
  }

  await connect();
  const charger: Omit<Charger, 'scriptDone'> = {
    identity: options.identity,
    protocol: options.protocol,
    received,
    violations,
    isConnected: isOnline,
    queueLength: () => queue.length(),
    call: station.call,
    tell: station.tell,
    sendRaw: (frame) => link?.sendRaw(frame),
    onCall: (action, handler) => void overrides.set(action, handler),
    boot,
    status: (outlet, status, errorCode) => dialect.status(outletOf(station, outlet), status, errorCode),
    authorize: dialect.authorize,
    startTransaction: (input) => dialect.start(outletOf(station, input.outlet), input),
    async meterValues(number, wh) {
      const outlet = outletOf(station, number);
      if (wh !== undefined) outlet.meter.setWh(wh);
      await dialect.sample(outlet, outlet.transaction, 'Sample.Periodic');
    },
    chargingState: (outlet, state) => dialect.chargingState(outletOf(station, outlet), state),
    async stopTransaction(number, input = {}) {
      const outlet = outletOf(station, number);
      const { transaction } = outlet;
      if (!transaction) throw new Error(`${options.identity} has no transaction on connector ${number}`);
      delete outlet.transaction;
      transaction.over.abort();
      outlet.meter.setPowerW(0);
      await dialect.stop(transaction, outlet, input);
    },
    session: ({ outlet, idTag, ...charging }) =>
      sessions.runLocally(outletOf(station, outlet), idTag, charging),
    transaction: (outlet) => outletOf(station, outlet).transaction,
    readWh: (outlet) => outletOf(station, outlet).meter.readWh(),
    setPowerW: (outlet, powerW) => outletOf(station, outlet).meter.setPowerW(powerW),
    run: (script) => runScript(script, charger),
    async close() {
      closed = true;
      clearInterval(heartbeat);
      for (const outlet of outlets.values()) outlet.transaction?.over.abort();
      await link?.close();
    },
    kill: () => link?.terminate(),
    reconnect,
  };
  const scriptDone = options.script ? charger.run(options.script) : Promise.resolve();
  scriptDone.catch(logFault);
  return { ...charger, scriptDone };
}

function accessOf({ url, password, tls }: ChargerOptions): Access {
  return { url, ...(password === undefined ? {} : { password }), ...(tls === undefined ? {} : { tls }) };
}

const DIALECTS = {
  'ocpp1.6': createDialect16,
  'ocpp2.0.1': createDialect201,
  'ocpp2.1': createDialect21,
} satisfies Record<Protocol, (station: Station) => Dialect>;
