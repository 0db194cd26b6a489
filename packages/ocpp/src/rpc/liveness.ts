import type { EpochMs } from '@roambridge/domain';

/** Heartbeat interval assumed until a BootNotification was answered, ms. */
const DEFAULT_HEARTBEAT_MS = 300_000;

/** When one connection is pinged, and when it is given up. */
export class Liveness {
  readonly #pingIntervalMs: number;
  #lastHeardAt: EpochMs;
  #lastPingAt: EpochMs;
  #pingedAt: EpochMs | undefined;
  #heartbeatMs = DEFAULT_HEARTBEAT_MS;

  /** `pingIntervalMs` 0: never pinged, never given up. */
  constructor(pingIntervalMs: number, now: EpochMs) {
    this.#pingIntervalMs = pingIntervalMs;
    this.#lastHeardAt = now;
    this.#lastPingAt = now;
  }

  /** Any frame proves that the charger lives, pings and pongs too. */
  heard(now: EpochMs): void {
    this.#lastHeardAt = now;
  }

  /** Whether a ping was sent so short a time ago. */
  pingedWithin(ms: number, now: EpochMs): boolean {
    return this.#pingedAt !== undefined && now - this.#pingedAt <= ms;
  }

  /** The charger was told to send a Heartbeat this often. */
  expectHeartbeat(intervalMs: number): void {
    this.#heartbeatMs = intervalMs;
  }

  /**
   * What is due. A charger that never answers pings is given up only when it is silent altogether, for longer
   * than its heartbeat takes.
   */
  due(now: EpochMs): 'nothing' | 'ping' | 'give-up' {
    if (this.#pingIntervalMs === 0) return 'nothing';
    const patienceMs = Math.max(2 * this.#pingIntervalMs, 1.5 * this.#heartbeatMs);
    if (now - this.#lastHeardAt > patienceMs) return 'give-up';
    if (now - this.#lastPingAt < this.#pingIntervalMs) return 'nothing';
    this.#lastPingAt = now;
    this.#pingedAt = now;
    return 'ping';
  }
}
