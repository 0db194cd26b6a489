import type { OcppLimits } from '../limits.js';

/** Items at a time that the next one does not wait for; beyond it the order is kept. */
const MAX_ASIDE = 4;

interface InboundQueueOptions<T> {
  limits: Pick<OcppLimits, 'inboundQueueFrames' | 'inboundQueueChars'>;
  /** Deals with one item; the next begins when it has resolved. Must not reject. */
  process(item: T): Promise<void>;
  /** The next item need not wait for this one: it asks somebody else, and nothing depends on its order. */
  waitsForOthers(item: T): boolean;
  /** Stops and restarts the source when the bound is reached and when there is room again. */
  pause(): void;
  resume(): void;
}

/** Messages of one charger, dealt with one at a time in the order of arrival. Never drops any. */
export class InboundQueue<T extends { raw: string }> {
  readonly #options: InboundQueueOptions<T>;
  #items: T[] = [];
  #chars = 0;
  #paused = false;
  #discarding = false;
  #work: Promise<void>;
  #running = true;
  readonly #aside = new Set<Promise<void>>();

  /** `ready`: what must have happened before the first item. */
  constructor(options: InboundQueueOptions<T>, ready: Promise<void>) {
    this.#options = options;
    this.#work = ready.then(() => this.#run());
  }

  get isIdle(): boolean {
    return !this.#running && this.#aside.size === 0;
  }

  /** Resolves when everything that was accepted has been dealt with. */
  async idle(): Promise<void> {
    await this.#work;
    await Promise.all(this.#aside);
  }

  push(item: T): void {
    if (this.#discarding) return;
    this.#items.push(item);
    this.#chars += item.raw.length;
    const { limits } = this.#options;
    const full = this.#items.length >= limits.inboundQueueFrames || this.#chars >= limits.inboundQueueChars;
    if (full && !this.#paused) {
      this.#paused = true;
      this.#options.pause();
    }
    if (!this.#running) {
      this.#running = true;
      this.#work = this.#run();
    }
  }

  /** What waits is forgotten: it was not answered, so the charger sends it again over its new connection. */
  discard(): void {
    this.#discarding = true;
    this.#items = [];
    this.#chars = 0;
    // The close handshake must still be read.
    if (this.#paused) this.#options.resume();
    this.#paused = false;
  }

  async #run(): Promise<void> {
    for (let item = this.#items.shift(); item !== undefined; item = this.#items.shift()) {
      this.#chars -= item.raw.length;
      if (this.#paused && this.#hasRoom()) {
        this.#paused = false;
        this.#options.resume();
      }
      const work = this.#options.process(item);
      if (this.#aside.size >= MAX_ASIDE || !this.#options.waitsForOthers(item)) await work;
      else this.#setAside(work);
    }
    this.#running = false;
  }

  #setAside(work: Promise<void>): void {
    this.#aside.add(work);
    void work.finally(() => this.#aside.delete(work));
  }

  #hasRoom(): boolean {
    const { limits } = this.#options;
    return this.#items.length <= limits.inboundQueueFrames / 2 && this.#chars <= limits.inboundQueueChars / 2;
  }
}
