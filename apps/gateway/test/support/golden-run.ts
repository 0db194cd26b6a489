import { rmSync } from 'node:fs';
import { type Emsp, startEmsp } from '@roambridge/sim-emsp';
import { databases } from '../../../../packages/storage/test/support/databases.js';
import { type Gateway, startGateway } from '../../src/gateway.js';
import { readSettings } from '../../src/settings.js';
import { DAY, type Form, LOCATION, STATIONS, TARIFF, TOKENS } from './golden-fixture.js';
import { ManualClock } from './manual-clock.js';
import { type Bindings, differences, fill } from './match.js';
import { expand, type Step, timeOf, type Vector } from './vector.js';
import { WireCharger } from './wire-charger.js';

const OPERATOR_TOKEN = 'golden-operator-token';
/** `last_updated` is matched as "any" and checked to increase. */
const IGNORED = new Set(['last_updated']);
const QUIET: Parameters<typeof startGateway>[0]['log'] = {
  debug() {},
  info() {},
  warn() {},
  error(fields, message) {
    process.stderr.write(
      `${message} ${String((fields.err as Error | undefined)?.stack ?? JSON.stringify(fields))}\n`,
    );
  },
};

interface Told {
  at: number;
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** Runs one form of a scenario over real sockets and HTTP with a clock that is moved by hand; returns what differed. */
export async function runVector(vector: Vector, form: Form): Promise<string[]> {
  const world = await World.start(vector, form);
  try {
    for (const step of vector.forms[form] ?? []) await world.play(expand(step, form) as Step);
    return await world.finish();
  } finally {
    await world.stop();
  }
}

class World {
  readonly #clock: ManualClock;
  readonly #gateway: Gateway;
  readonly #emsp: Emsp;
  readonly #form: Form;
  readonly #dataDir: string;
  readonly #bindings: Bindings = new Map();
  readonly #problems: string[] = [];
  readonly #told: Told[] = [];
  readonly #expected: { at: number; method: string; path: string; body: unknown }[] = [];
  #charger: WireCharger;
  readonly #newest = new Map<string, string>();
  #seenRequests = 0;

  private constructor(parts: {
    clock: ManualClock;
    gateway: Gateway;
    emsp: Emsp;
    form: Form;
    dataDir: string;
    charger: WireCharger;
  }) {
    this.#clock = parts.clock;
    this.#gateway = parts.gateway;
    this.#emsp = parts.emsp;
    this.#form = parts.form;
    this.#dataDir = parts.dataDir;
    this.#charger = parts.charger;
  }

  static async start(vector: Vector, form: Form): Promise<World> {
    const clock = new ManualClock(timeOf('06:00:00'));
    const [embedded] = databases;
    const { dataDir } = await embedded!.create();
    const gateway = await startGateway({
      clock,
      log: QUIET,
      settings: readSettings({
        DATA_DIR: dataDir,
        OCPP_PORT: '0',
        OCPI_PORT: '0',
        OPERATOR_PORT: '0',
        OPERATOR_TOKEN,
        PARTIES: 'NL*CPO',
        PING_INTERVAL: '0s',
        OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
        LOG_LEVEL: 'error',
      }),
    });
    const operator = async (method: string, path: string, body: unknown) => {
      const response = await fetch(`${gateway.urls.operator}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Record<string, string>;
    };
    for (const station of Object.values(STATIONS)) {
      await operator('PUT', `/stations/${station.id}`, { security_profile: 1, password: station.password });
    }
    await operator('PUT', '/tariffs/NL/CPO/T1', TARIFF);
    await operator('PUT', '/locations/NL/CPO/LOC-1', LOCATION);
    const emsp = await startEmsp({
      version: '2.2.1',
      country_code: 'DE',
      party_id: 'MSP',
      name: 'Golden Mobility',
    });
    const partner = await operator('POST', '/partners', { name: 'Golden Mobility' });
    await emsp.register(partner.versions_url!, partner.registration_token!);
    for (const [name, token] of Object.entries(TOKENS))
      if (name !== 'L') await emsp.pushToken({ ...token } as never);
    const world = new World({ clock, gateway, emsp, form, dataDir, charger: await connect(gateway, form) });
    if (vector.start !== 'unknown') await world.#report();
    await world.#moveTo(timeOf('08:00:00'));
    world.#forget();
    return world;
  }

  /** The default state before a scenario: accepted, all connectors available. */
  async #report(): Promise<void> {
    const send = (action: string, payload: unknown) => this.#charger.call(action, payload);
    if (this.#form === '1.6') {
      await send('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
      for (const connectorId of [1, 2]) {
        await send('StatusNotification', { connectorId, errorCode: 'NoError', status: 'Available' });
      }
    } else {
      await send('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } });
      for (const [evseId, connectorId] of [
        [1, 1],
        [1, 2],
        [2, 1],
      ]) {
        const timestamp = new Date(this.#clock.now()).toISOString();
        await send('StatusNotification', { timestamp, connectorStatus: 'Available', evseId, connectorId });
      }
    }
  }

  #forget(): void {
    this.#collect();
    this.#told.length = 0;
    this.#charger.calls.length = 0;
  }

  /** Notes what the partner was told, with the time of the moved clock. */
  #collect(): void {
    for (const { method, path, body } of this.#emsp.requests.slice(this.#seenRequests)) {
      this.#seenRequests += 1;
      if (path.endsWith('/versions') || method === 'GET') continue;
      this.#told.push({ at: this.#clock.now(), method, path, body: body as Record<string, unknown> });
    }
  }

  readonly #settle = async (): Promise<void> => {
    await this.#gateway.core.idle();
    this.#collect();
    this.#answerJobs();
  };

  /** Calls that the gateway makes of its own accord and that scenarios do not time. */
  #answerJobs(): void {
    const jobs = this.#charger.calls.filter(({ action }) => action === 'GetBaseReport');
    for (const job of jobs) {
      this.#charger.calls.splice(this.#charger.calls.indexOf(job), 1);
      this.#charger.reply(job.id, { status: 'Accepted' });
    }
  }

  #moveTo(at: number): Promise<void> {
    return this.#clock.moveTo(at, this.#settle);
  }

  async play(step: Step): Promise<void> {
    await this.#moveTo(timeOf(step.at));
    if ('send' in step) await this.#send(step);
    else if ('call' in step) await this.#awaitCall(step);
    else if ('command' in step) await this.#command(step);
    else if ('expect' in step) {
      const [method, path, body] = step.expect;
      this.#expected.push({ at: timeOf(step.at), method, path, body });
    } else if ('socket' in step) {
      if (step.socket === 'close') await this.#charger.close();
      else this.#charger = await connect(this.#gateway, this.#form);
    } else {
      await this.#emsp.patchToken(step.token[0], {
        last_updated: `${DAY}T${step.at}Z`,
        ...step.token[1],
      } as never);
    }
    await this.#settle();
  }

  async #send(step: Extract<Step, { send: unknown }>): Promise<void> {
    const [action, payload] = step.send;
    const frame = await within(
      this.#charger.call(action, fill(payload, this.#bindings), step.id),
      `answer to ${action}`,
    );
    const got = frame[0] === 3 ? frame[2] : { error: frame[2] };
    this.#check(`${step.at} answer to ${action}`, got, step.answer);
  }

  async #awaitCall(step: Extract<Step, { call: unknown }>): Promise<void> {
    const [action, payload] = step.call;
    const find = () => this.#charger.calls.findIndex((call) => call.action === action);
    for (let tries = 0; find() < 0 && tries < 100; tries += 1)
      await new Promise((tick) => setTimeout(tick, 5));
    const [call] = this.#charger.calls.splice(find(), find() < 0 ? 0 : 1);
    if (!call) {
      this.#problems.push(`${step.at} no ${action} from the gateway`);
      return;
    }
    this.#check(`${step.at} ${action}`, call.payload, payload);
    this.#charger.reply(call.id, fill(step.reply, this.#bindings));
    // The answer crosses a real socket before the gateway can be idle again.
    await new Promise((tick) => setTimeout(tick, 30));
  }

  async #command(step: Extract<Step, { command: unknown }>): Promise<void> {
    const [name, body] = step.command;
    this.#reconcile();
    const filled = fill(body, this.#bindings) as Record<string, unknown>;
    const token = filled.token;
    const sent = await (name === 'START_SESSION'
      ? this.#emsp.startSession({ ...filled, token: TOKENS[token as keyof typeof TOKENS] } as never)
      : this.#emsp.command(name, filled as never));
    this.#check(`${step.at} answer to ${name}`, sent.response, step.answer);
  }

  #check(what: string, actual: unknown, expected: unknown): void {
    for (const line of differences(actual, expected, this.#bindings)) this.#problems.push(`${what}: ${line}`);
  }

  /** Compares all that the partner was told: in order, at its second, and nothing else. */
  async finish(): Promise<string[]> {
    await this.#moveTo(this.#clock.now() + 120_000);
    this.#reconcile();
    for (const extra of this.#told) {
      this.#problems.push(
        `not expected: ${new Date(extra.at).toISOString()} ${extra.method} ${extra.path} ${JSON.stringify(extra.body)}`,
      );
    }
    for (const call of this.#charger.calls)
      this.#problems.push(`not expected: ${call.action} ${JSON.stringify(call.payload)}`);
    for (const finding of this.#emsp.conformance)
      this.#problems.push(`not conformant: ${JSON.stringify(finding)}`);
    return this.#problems;
  }

  /** Compares what was expected up to now with what the partner was told, and binds the names in it. */
  #reconcile(): void {
    for (const expected of this.#expected.splice(0)) {
      const what = `${new Date(expected.at).toISOString()} ${expected.method} ${expected.path}`;
      // Within one second the order of different objects is free; each object's own order is kept.
      const index = this.#told.findIndex(
        (told) => secondOf(told.at) === secondOf(expected.at) && this.#fits(told, expected),
      );
      const [told] = index < 0 ? [] : this.#told.splice(index, 1);
      if (!told) {
        this.#problems.push(`${what}: was not told`);
        continue;
      }
      for (const line of differences(told.body, expected.body, this.#bindings, IGNORED)) {
        this.#problems.push(`${what}: ${line}`);
      }
      this.#checkOrder(told);
    }
  }

  #fits(told: Told, expected: { method: string; path: string }): boolean {
    const path = told.path.replace(/^.*\/(locations|sessions|cdrs|tariffs|commands)/, '$1');
    const actual = path.startsWith('commands/') ? ['commands'] : path.split('/');
    return (
      told.method === expected.method &&
      differences(actual, expected.path.split('/'), this.#bindings).length === 0
    );
  }

  /** D1-023: strictly increasing per object. */
  #checkOrder({ path, body }: Told): void {
    const updated = body.last_updated;
    if (typeof updated !== 'string') return;
    const before = this.#newest.get(path);
    if (before !== undefined && Date.parse(updated) <= Date.parse(before)) {
      this.#problems.push(`${path}: last_updated ${updated} after ${before}`);
    }
    this.#newest.set(path, updated);
  }

  async stop(): Promise<void> {
    await this.#charger.close();
    const stopping = this.#gateway.stop();
    await this.#emsp.close();
    await stopping;
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

function secondOf(at: number): number {
  return Math.floor(at / 1000);
}

function connect(gateway: Gateway, form: Form): Promise<WireCharger> {
  const { id, protocol, password } = STATIONS[form];
  return WireCharger.connect({ url: `${gateway.urls.ocpp}${id}`, protocol, user: id, password });
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
  return Promise.race([
    promise,
    new Promise<T>((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), 5_000).unref()),
  ]);
}
