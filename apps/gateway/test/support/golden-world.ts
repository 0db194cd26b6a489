import { type Emsp, startEmsp } from '@roambridge/sim-emsp';
import { freeFor } from './free-for.js';
import { PARTNERS, type PartyName, STATIONS, TOKENS } from './golden-fixture.js';
import { type GoldenGateway, startGoldenGateway } from './golden-gateway.js';
import { type Bindings, differences } from './match.js';
import { renamed } from './names.js';
import type { Run } from './shorthand.js';
import { timeOf, type Vector } from './vector.js';
import { WireCharger } from './wire-charger.js';

/** `last_updated` is matched as "any" and checked to increase. */
const IGNORED = new Set(['last_updated']);
/** Calls that the gateway makes of its own accord: where the scenario does not name them they are answered as a charger would. */
const JOBS: Record<string, unknown> = {
  GetBaseReport: { status: 'Accepted' },
  TriggerMessage: { status: 'Accepted' },
};
/** Where the partner awaits results about charging profiles; a vector names them. */
const RESPONSE_URLS = { $SET: 'set', $CLEAR: 'clear', $GET: 'get' };
/** Work that waits for a timer of the clock does not end before the clock goes on. */
const STUCK_TICKS = 40;
/** After the last line nothing else may be sent for so long. */
export const QUIET_MS = 120_000;

interface Told {
  at: number;
  party: PartyName;
  method: string;
  path: string;
  body: Record<string, unknown>;
  refused: boolean;
}

export interface Expected {
  at: number;
  party: PartyName;
  method: string;
  path: string;
  body: unknown;
}

/** A gateway, a charger and the partners of one run, and what was seen and expected so far. */
export class World {
  readonly bindings: Bindings = new Map();
  readonly problems: string[] = [];
  readonly expected: Expected[] = [];
  /** Calls of the gateway, and answers of the gateway, that a later line takes up. */
  readonly openCalls = new Map<string, { id: string; charger: WireCharger }>();
  readonly openAnswers = new Map<string, Promise<unknown[]>>();
  /** Requests that a partner refused by script: what follows tells the same state again. */
  readonly refused = new WeakSet<object>();
  readonly #told: Told[] = [];
  readonly #newest = new Map<string, string>();
  readonly #seen = new Map<PartyName, number>();
  readonly #reported = new Map<string, object>();

  readonly run: Run;
  readonly golden: GoldenGateway;
  readonly partners: ReadonlyMap<PartyName, Emsp>;
  charger: WireCharger;
  /** Actions that a line of the scenario awaits. */
  readonly #awaited: ReadonlySet<string>;

  private constructor(vector: Vector, parts: Pick<World, 'run' | 'golden' | 'partners' | 'charger'>) {
    this.#awaited = awaitedActions(vector);
    this.run = parts.run;
    this.golden = parts.golden;
    this.partners = parts.partners;
    this.charger = parts.charger;
  }

  static async start(vector: Vector, run: Run): Promise<World> {
    const world = await World.join(await startGoldenGateway(vector.settings), vector, run);
    await world.moveTo(timeOf('08:00:00'));
    world.begin();
    return world;
  }

  /** A charger and partners at a gateway that runs. */
  static async join(golden: GoldenGateway, vector: Vector, run: Run): Promise<World> {
    const names: PartyName[] = vector.second_partner ? ['DE', 'FR'] : ['DE'];
    const partners = new Map<PartyName, Emsp>();
    for (const name of names) partners.set(name, await registered(golden, run, name));
    const world = new World(vector, { run, golden, partners, charger: await connect(golden, run) });
    const profiles = world.partner().url.replace(/versions$/, `${run.version}/chargingprofiles`);
    for (const [name, kind] of Object.entries(RESPONSE_URLS)) {
      world.bindings.set(name, `${profiles}/results/${kind}/1`);
    }
    if (vector.start !== 'unknown') await world.#report();
    return world;
  }

  /** What was told up to now belongs to no scenario. */
  begin(): void {
    this.#collect();
    this.#told.length = 0;
    this.charger.calls.length = 0;
  }

  partner(name: PartyName = 'DE'): Emsp {
    const partner = this.partners.get(name);
    if (!partner) throw new Error(`the vector has no partner ${name}`);
    return partner;
  }

  connect(): Promise<WireCharger> {
    return connect(this.golden, this.run);
  }

  moveTo(at: number): Promise<void> {
    return this.golden.clock.moveTo(at, () => this.settle());
  }

  async settle(): Promise<void> {
    await Promise.race([this.golden.idle(), freeFor(STUCK_TICKS)]);
    this.notice();
  }

  /** Takes up what the gateway said: to the partners, and to the charger of its own accord. */
  notice(): void {
    this.#collect();
    this.#answerJobs();
  }

  check(what: string, actual: unknown, expected: unknown): void {
    for (const line of differences(actual, expected, this.bindings)) this.problems.push(`${what}: ${line}`);
  }

  /** Compares what was expected up to now with what the partners were told, and binds the names in it. */
  reconcile(): void {
    for (const expected of this.expected.splice(0)) {
      const what = `${new Date(expected.at).toISOString()} ${expected.method} ${expected.path}`;
      // Within one second the order of different objects is free; each object's own order is kept.
      const candidates = this.#told.filter(
        (told) => secondOf(told.at) === secondOf(expected.at) && this.#fits(told, expected),
      );
      const told = candidates.find((each) => this.#isTheSame(each, expected)) ?? candidates[0];
      if (!told) {
        this.problems.push(`${what}: was not told`);
        continue;
      }
      this.#told.splice(this.#told.indexOf(told), 1);
      for (const line of differences(told.body, expected.body, this.bindings, IGNORED)) {
        this.problems.push(`${what}: ${line}`);
      }
      this.#checkOrder(told);
    }
  }

  /** Compares all that was sent: in order, at its second, and nothing else. */
  async finish(): Promise<string[]> {
    await this.moveTo(this.golden.clock.now() + QUIET_MS);
    return this.findings();
  }

  /** What differs from the lines up to now, and what was sent beside them. */
  findings(): string[] {
    this.reconcile();
    for (const { at, party, method, path, body } of this.#told) {
      this.problems.push(
        `not expected: ${new Date(at).toISOString()} ${party} ${method} ${path} ${JSON.stringify(body)}`,
      );
    }
    for (const { action, payload } of this.charger.calls)
      this.problems.push(`not expected: ${action} ${JSON.stringify(payload)}`);
    for (const frame of this.charger.strays) this.problems.push(`not expected: ${JSON.stringify(frame)}`);
    for (const [name, { conformance }] of this.partners)
      for (const finding of conformance)
        this.problems.push(`not conformant for ${name}: ${JSON.stringify(finding)}`);
    return this.problems;
  }

  async stop(): Promise<void> {
    await this.charger.close();
    const stopping = this.golden.stop();
    await this.closePartners();
    await stopping;
  }

  async closePartners(): Promise<void> {
    for (const partner of this.partners.values()) await partner.close();
  }

  /** The default state before a scenario: accepted, all connectors available. */
  async #report(): Promise<void> {
    const send = (action: string, payload: unknown) => {
      this.noteReport(action, payload);
      return this.charger.call(action, payload);
    };
    if (this.run.form === '1.6') {
      await send('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
      for (const connectorId of [1, 2]) {
        await send('StatusNotification', { connectorId, errorCode: 'NoError', status: 'Available' });
      }
      return;
    }
    await send('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } });
    const connectors = [
      { evseId: 1, connectorId: 1 },
      { evseId: 1, connectorId: 2 },
      { evseId: 2, connectorId: 1 },
    ];
    for (const connector of connectors) {
      const timestamp = new Date(this.golden.clock.now()).toISOString();
      await send('StatusNotification', { timestamp, connectorStatus: 'Available', ...connector });
    }
  }

  /** Notes what the partners were told, with the time of the moved clock. */
  #collect(): void {
    for (const [party, { requests }] of this.partners) {
      const seen = this.#seen.get(party) ?? 0;
      this.#seen.set(party, requests.length);
      for (const request of requests.slice(seen)) {
        const { method, path, query, body } = request;
        if (method === 'GET') continue;
        if (this.#isOthers(path)) continue;
        const search = query.size > 0 ? `?${query}` : '';
        this.#told.push({
          at: this.golden.clock.now(),
          party,
          method,
          path: path + search,
          body: body as Record<string, unknown>,
          refused: this.refused.has(request),
        });
      }
    }
  }

  /** All partners of a gateway are told of every location. */
  #isOthers(path: string): boolean {
    const own = renamed('LOC-1', this.run.names);
    return path.includes('/locations/') && !path.split('/').includes(own);
  }

  #answerJobs(): void {
    const { charger } = this;
    const jobs = charger.calls.filter(({ action }) => action in JOBS && !this.#awaited.has(action));
    for (const job of jobs) {
      charger.calls.splice(charger.calls.indexOf(job), 1);
      charger.reply(job.id, JOBS[job.action]);
      const report = job.action === 'TriggerMessage' && this.#reported.get(placeAsked(job.payload));
      if (report) void charger.call('StatusNotification', report);
    }
  }

  /** Notes a status that the charger reported: it says the same when it is asked. */
  noteReport(action: string, payload: unknown): void {
    if (action !== 'StatusNotification') return;
    const { evseId, connectorId } = payload as { evseId?: number; connectorId: number };
    this.#reported.set(`${evseId ?? ''}/${connectorId}`, payload as object);
  }

  /** Whether nothing differs; what it would bind is not bound yet. */
  #isTheSame(told: Told, expected: Expected): boolean {
    return differences(told.body, expected.body, new Map(this.bindings), IGNORED).length === 0;
  }

  #fits(told: Told, expected: Expected): boolean {
    const path = told.path.replace(
      /^.*?\/(locations|sessions|cdrs|tariffs|tokens|commands|chargingprofiles)(?=\/|$)/,
      '$1',
    );
    const actual = path.startsWith('commands/') ? ['commands'] : path.split('/');
    return (
      told.party === expected.party &&
      told.method === expected.method &&
      differences(actual, expected.path.split('/'), this.bindings).length === 0
    );
  }

  /** D1-023: strictly increasing per object; 2.1.1 has whole seconds only. */
  #checkOrder({ party, method, path, body, refused }: Told): void {
    const updated = body?.last_updated;
    // What is posted is a new object each time.
    if (typeof updated !== 'string' || method === 'POST') return;
    const object = `${party} ${path}`;
    const before = this.#newest.get(object);
    if (refused) return;
    const step = before === undefined ? 1 : Date.parse(updated) - Date.parse(before);
    if (step < 0 || (step === 0 && this.run.version !== '2.1.1')) {
      this.problems.push(`${path}: last_updated ${updated} after ${before}`);
    }
    this.#newest.set(object, updated);
  }
}

/** The connector that a TriggerMessage asks about. */
function placeAsked({ evse, connectorId }: Record<string, unknown>): string {
  const { id, connectorId: own } = (evse ?? {}) as { id?: number; connectorId?: number };
  return `${id ?? ''}/${own ?? connectorId}`;
}

function awaitedActions({ forms, partners = {} }: Vector): Set<string> {
  const own = Object.values(partners).flatMap((lines) => (typeof lines === 'string' ? [] : [lines]));
  const lines = [forms, ...own].flatMap((byForm) => Object.values(byForm).flat());
  return new Set(lines.flatMap((line) => (typeof line === 'object' && 'call' in line ? [line.call[0]] : [])));
}

async function registered({ operator }: GoldenGateway, run: Run, name: PartyName): Promise<Emsp> {
  const emsp = await startEmsp({ version: run.version, ...renamed(PARTNERS[name], run.names) });
  const invitation = await operator.post('/partners', { name: PARTNERS[name].name });
  await emsp.register(String(invitation.versions_url), String(invitation.registration_token));
  const { L: _, ...pushed } = renamed(TOKENS, run.names);
  if (name === 'DE') {
    await Promise.all(Object.values(pushed).map((token) => emsp.pushToken(token as never)));
  }
  return emsp;
}

function connect({ urls }: GoldenGateway, { form, names }: Run): Promise<WireCharger> {
  const { id, protocol, password } = renamed(STATIONS[form], names);
  return WireCharger.connect({ url: `${urls.ocpp}${id}`, protocol, user: id, password });
}

function secondOf(at: number): number {
  return Math.floor(at / 1000);
}
