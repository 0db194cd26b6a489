import type { EpochMs } from '@roambridge/domain';
import type { OcppLimits } from '../limits.js';
import type { StationSession } from '../rpc/session.js';

type Limits = Pick<OcppLimits, 'replacementsPerMinute' | 'replacementBlockMs'>;

interface Replacements {
  /** Times within the last minute, ascending. */
  times: EpochMs[];
  blockedUntil: EpochMs;
}

const MINUTE_MS = 60_000;

/** The open connections, one per station; the newest wins. */
export class Connections {
  readonly #limits: Limits;
  readonly #sessions = new Map<string, StationSession>();
  readonly #settling = new Map<string, Promise<void>>();
  readonly #replacements = new Map<string, Replacements>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#sessions.size;
  }

  get(stationId: string): StationSession | undefined {
    return this.#sessions.get(stationId);
  }

  all(): Iterable<StationSession> {
    return this.#sessions.values();
  }

  add(session: StationSession): void {
    this.#sessions.set(session.connection.stationId, session);
  }

  /**
   * Forgets the session unless a newer one has taken its place; `settled` is the end of its work, which the
   * station's next connection waits for.
   */
  remove(session: StationSession, settled: Promise<void>): void {
    const { stationId } = session.connection;
    if (this.#sessions.get(stationId) !== session) return;
    this.#sessions.delete(stationId);
    this.#settling.set(stationId, settled);
    void settled.finally(() => {
      if (this.#settling.get(stationId) === settled) this.#settling.delete(stationId);
    });
  }

  /** Work of the station's last connection that is still under way. */
  unsettled(stationId: string): Promise<void> | undefined {
    return this.#sessions.get(stationId)?.settled() ?? this.#settling.get(stationId);
  }

  /** No connection is left, and no work of one. */
  get isEmpty(): boolean {
    return this.#sessions.size === 0 && this.#settling.size === 0;
  }

  /** two devices with one identity throw each other out; new connections must wait then. */
  isThrottled(stationId: string, now: EpochMs): boolean {
    return (this.#replacements.get(stationId)?.blockedUntil ?? 0) > now;
  }

  /** Counts a replacement; true when the identity is in conflict from now on. */
  countReplacement(stationId: string, now: EpochMs): boolean {
    const earlier = this.#replacements.get(stationId)?.times ?? [];
    const times = [...earlier.filter((time) => now - time < MINUTE_MS), now];
    const conflict = times.length > this.#limits.replacementsPerMinute;
    const blockedUntil = conflict ? now + this.#limits.replacementBlockMs : 0;
    this.#replacements.set(stationId, { times: conflict ? [] : times, blockedUntil });
    return conflict;
  }

  /** Drops what is no longer needed of stations that have calmed down. */
  sweep(now: EpochMs): void {
    for (const [stationId, { times, blockedUntil }] of this.#replacements) {
      const recent = times.some((time) => now - time < MINUTE_MS);
      if (!recent && blockedUntil <= now) this.#replacements.delete(stationId);
    }
  }
}
