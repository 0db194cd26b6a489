import { type ChargerLine, openLine } from './charger-line.js';
import type { Message, Metered, Wording } from './messages.js';
import { type Chance, chance } from './random.js';

/** How often things happen, for one charger and one tick of the clock. */
const ODDS = {
  start: 0.006,
  stop: 0.2,
  pause: 0.2,
  offline: 0.004,
  powerLoss: 0.002,
  reset: 0.002,
  clockJump: 0.005,
  /** After a power loss the clock begins at 1970 until the gateway tells the time. */
  lostClock: 0.3,
} as const;
/** For one message. */
const MESSAGE_ODDS = { answerLost: 0.02, repeated: 0.03, swapped: 0.06 } as const;

const OUTLETS = 2;
const OFFLINE_TICKS_MAX = 30;
const POWER_OUT_TICKS_MAX = 6;
const CLOCK_JUMP_MS = 3 * 3_600_000;
/** A slow uplink: a long queue takes several ticks. */
const MESSAGES_AT_A_TIME = 6;
const MAX_POWER_W = 11_000;
const HOUR_MS = 3_600_000;

interface Outlet {
  registerWh: number;
  tx?: { metered: Metered; seqNo: number };
}

export interface ModelOptions {
  identity: string;
  password: string;
  url: string;
  seed: number;
  wording: Wording;
  ledger: Metered[];
  /** Where the kinds of mishap are counted. */
  mishaps: Map<string, number>;
}

/** A charger that behaves as the standard allows, and to which everything happens that happens to chargers. */
export class ModelCharger {
  readonly #options: ModelOptions;
  readonly #chance: Chance;
  readonly #outlets: Outlet[];
  readonly #queue: Message[] = [];
  #line: ChargerLine | undefined;
  #bootNeeded = true;
  #offlineTicks = 0;
  #powerOutTicks = 0;
  #clockOffsetMs = 0;
  #messages = 0;
  #transactions = 0;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#chance = chance(options.seed);
    this.#outlets = Array.from({ length: OUTLETS }, () => ({
      registerWh: this.#chance.whole(0, 5_000_000),
    }));
  }

  get isQuiet(): boolean {
    return this.#queue.length === 0 && this.#outlets.every(({ tx }) => tx === undefined);
  }

  /** What happens at the charger from one time to another. */
  live(from: number, to: number): void {
    if (this.#powerOutTicks > 0) {
      this.#powerOutTicks -= 1;
      return;
    }
    if (this.#offlineTicks > 0) this.#offlineTicks -= 1;
    else if (this.#happens('offline')) this.#offlineTicks = this.#chance.whole(1, OFFLINE_TICKS_MAX);
    if (this.#happens('clockJump')) {
      this.#clockOffsetMs += this.#chance.whole(-CLOCK_JUMP_MS, CLOCK_JUMP_MS);
    }
    for (const [index, outlet] of this.#outlets.entries()) this.#use(outlet, index + 1, from, to);
    if (this.#happens('powerLoss')) this.#losePower(to);
    else if (this.#happens('reset')) this.#reset(to);
  }

  /** Everything that still runs ends, and the network is there for good. */
  finish(at: number): void {
    this.#offlineTicks = 0;
    this.#powerOutTicks = 0;
    for (const outlet of this.#outlets)
      this.#stop(outlet, at, this.#chance.pick(this.#options.wording.reasons.driver));
  }

  /** Tells the gateway what there is to tell, if it can be reached. */
  async talk(now: number): Promise<void> {
    if (this.#offlineTicks > 0 || this.#powerOutTicks > 0) {
      const line = this.#line;
      this.#line = undefined;
      await line?.close();
      return;
    }
    const line = await this.#connected();
    if (this.#bootNeeded && !(await this.#boot(line, now))) return;
    for (let sent = 0; sent < MESSAGES_AT_A_TIME && this.#queue.length > 0; sent += 1) {
      if (!(await this.#tellNext(line))) return;
    }
  }

  async close(): Promise<void> {
    await this.#line?.close();
  }

  #use(outlet: Outlet, number: number, from: number, to: number): void {
    const at = from + Math.floor(this.#chance.next() * (to - from) * 0.4);
    if (!outlet.tx) {
      if (this.#happens('start')) this.#start(outlet, number, at);
      return;
    }
    const pausing = this.#happens('pause');
    if (!pausing) {
      outlet.registerWh += this.#chance.whole(1, Math.floor((MAX_POWER_W * (to - from)) / HOUR_MS));
      this.#keep(outlet, 'meter', at);
    }
    if (!pausing && this.#happens('stop')) {
      this.#stop(outlet, to - 1_000, this.#chance.pick(this.#options.wording.reasons.driver));
    }
  }

  #start(outlet: Outlet, number: number, at: number): void {
    const { identity, ledger, wording } = this.#options;
    this.#transactions += 1;
    const metered: Metered = { charger: identity, outlet: number, startWh: outlet.registerWh };
    if (wording.protocol !== 'ocpp1.6') metered.ocppId = `${identity}-${this.#transactions}`;
    ledger.push(metered);
    outlet.tx = { metered, seqNo: 0 };
    this.#keep(outlet, 'start', at);
    outlet.registerWh += this.#chance.whole(20, 500);
  }

  #stop(outlet: Outlet, at: number, reason: string): void {
    const { tx } = outlet;
    if (!tx) return;
    this.#keep(outlet, 'stop', at, reason);
    tx.metered.endWh = outlet.registerWh;
    delete outlet.tx;
  }

  #losePower(at: number): void {
    for (const outlet of this.#outlets) this.#stop(outlet, at, this.#options.wording.reasons.powerLoss);
    this.#powerOutTicks = this.#chance.whole(1, POWER_OUT_TICKS_MAX);
    if (this.#happens('lostClock')) this.#clockOffsetMs = -(at + this.#powerOutTicks * 60_000);
    this.#restart();
  }

  #reset(at: number): void {
    for (const outlet of this.#outlets) this.#stop(outlet, at, this.#options.wording.reasons.reset);
    this.#powerOutTicks = 1;
    this.#restart();
  }

  #restart(): void {
    this.#bootNeeded = true;
    // Message ids begin anew: they are the same as before, with other contents.
    this.#messages = 0;
  }

  #keep(outlet: Outlet, kind: Message['kind'], at: number, reason?: string): void {
    const { tx } = outlet;
    if (!tx) return;
    this.#queue.push({
      kind,
      tx: tx.metered,
      timestamp: new Date(at + this.#clockOffsetMs).toISOString(),
      registerWh: outlet.registerWh,
      seqNo: tx.seqNo,
      offline: this.#offlineTicks > 0,
      ...(reason === undefined ? {} : { reason }),
    });
    tx.seqNo += 1;
  }

  async #connected(): Promise<ChargerLine> {
    if (this.#line?.isOpen()) return this.#line;
    const { url, identity, password, wording } = this.#options;
    this.#line = await openLine({
      url,
      identity,
      password,
      protocol: wording.protocol,
      answer: (action, payload) =>
        wording.answer(action, payload, (ocppId) => this.#queue.some(({ tx }) => tx.ocppId === ocppId)),
    });
    return this.#line;
  }

  async #boot(line: ChargerLine, now: number): Promise<boolean> {
    const { wording } = this.#options;
    const answer = await line.call(this.#nextId(), ...wording.boot());
    if (answer?.status !== 'Accepted') return false;
    this.#bootNeeded = false;
    this.#clockOffsetMs = 0;
    for (const [index, { tx }] of this.#outlets.entries()) {
      const status = wording.status(index + 1, tx !== undefined, new Date(now).toISOString());
      if ((await line.call(this.#nextId(), ...status)) === undefined) return false;
    }
    return true;
  }

  async #tellNext(line: ChargerLine): Promise<boolean> {
    this.#maybeSwap();
    const [message] = this.#queue;
    if (!message) return false;
    const { wording } = this.#options;
    const frame = wording.message(message);
    const id = this.#nextId();
    if (this.#chance.happens(MESSAGE_ODDS.answerLost)) {
      this.#count('answer lost');
      await line.callAndCut(id, ...frame);
      return false;
    }
    const answer = await line.call(id, ...frame);
    if (answer === undefined) return false;
    this.#queue.splice(this.#queue.indexOf(message), 1);
    const given = message.kind === 'start' ? wording.givenId(answer) : undefined;
    if (given !== undefined) message.tx.ocppId = given;
    if (this.#chance.happens(MESSAGE_ODDS.repeated)) {
      this.#count('repeated');
      await line.call(this.#chance.happens(0.5) ? id : this.#nextId(), ...frame);
    }
    return true;
  }

  /** Sequence numbers allow another order; without them the start must come first and the stop last. */
  #maybeSwap(): void {
    const [first, second] = this.#queue;
    if (!first || !second || !this.#chance.happens(MESSAGE_ODDS.swapped)) return;
    if (this.#options.wording.protocol === 'ocpp1.6' ? first.tx === second.tx : first.tx !== second.tx)
      return;
    if (this.#options.wording.protocol === 'ocpp1.6' && first.tx.outlet === second.tx.outlet) return;
    this.#count('swapped');
    this.#queue.splice(0, 2, second, first);
  }

  #nextId(): string {
    this.#messages += 1;
    return String(this.#messages);
  }

  #happens(what: keyof typeof ODDS): boolean {
    const happens = this.#chance.happens(ODDS[what]);
    if (happens) this.#count(what);
    return happens;
  }

  #count(what: string): void {
    this.#options.mishaps.set(what, (this.#options.mishaps.get(what) ?? 0) + 1);
  }
}
