import type { ChargerEdge } from '@roambridge/core';
import type { StationSession } from '../rpc/session.js';

/** A connection that ends so soon after a ping ends because of it, ms; after so many the operator is told. */
const AFTER_PING_MS = 2_000;
const DROPS = 3;

/** Watches for chargers that drop the connection when they are pinged. */
export class PingDrops {
  readonly #edge: Pick<ChargerEdge, 'suggestQuirk'>;
  /** By station: at most one entry for each. */
  readonly #drops = new Map<string, number>();

  constructor(edge: Pick<ChargerEdge, 'suggestQuirk'>) {
    this.#edge = edge;
  }

  /** A pong came: this one can be pinged. */
  answered({ connection }: StationSession): void {
    this.#drops.delete(connection.stationId);
  }

  closed(session: StationSession): void {
    if (!session.pingedWithin(AFTER_PING_MS)) return;
    const { stationId } = session.connection;
    const drops = (this.#drops.get(stationId) ?? 0) + 1;
    this.#drops.set(stationId, drops);
    if (drops !== DROPS) return;
    this.#edge.suggestQuirk(stationId, 'ping_interval=0', `dropped ${DROPS} connections right after a ping`);
  }
}
