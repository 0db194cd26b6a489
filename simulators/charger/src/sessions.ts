import { setTimeout as delay } from 'node:timers/promises';
import type { Dialect, Outlet, Sessions, Station, StopInput } from './station.js';

const MS_PER_SECOND = 1000;

/** How the energy flows during a session. */
export interface Charging {
  powerW: number;
  /** Seconds between meter samples; absent = none. */
  sampleEverySeconds?: number;
  /** Seconds until the driver ends it; absent = until somebody stops it. */
  seconds?: number;
  /** Of these seconds, how many at the end the vehicle asks for no power. */
  idleSeconds?: number;
}

export interface SessionRunner extends Sessions {
  /** A driver plugs in, presents a card and charges. Resolves at the end, false when the card was refused. */
  runLocally(outlet: Outlet, idTag: string, charging: Charging): Promise<boolean>;
}

/** Whole sessions, from plug to unplug, in either protocol version. */
export function createSessions(options: {
  station: Station;
  dialect: Dialect;
  remote: Charging;
  authorizeRemote: boolean;
}): SessionRunner {
  const { station, dialect, remote } = options;

  async function charge(outlet: Outlet, charging: Charging): Promise<void> {
    const { transaction } = outlet;
    if (!transaction) return;
    if (transaction.refused !== undefined) {
      station.log(`card refused at the start (${transaction.refused}), session ends`);
      await finish(outlet, { reason: dialect.words.refused });
      return;
    }
    const { signal } = transaction.over;
    outlet.meter.setPowerW(charging.powerW);
    await dialect.chargingState(outlet, 'Charging');
    const activeSeconds =
      charging.seconds === undefined
        ? undefined
        : Math.max(0, charging.seconds - (charging.idleSeconds ?? 0));
    await sampleFor(outlet, activeSeconds, charging.sampleEverySeconds, signal);
    if (charging.idleSeconds !== undefined && !signal.aborted) {
      outlet.meter.setPowerW(0);
      await dialect.chargingState(outlet, 'SuspendedEV');
      await sampleFor(outlet, charging.idleSeconds, charging.sampleEverySeconds, signal);
    }
    if (charging.seconds !== undefined)
      await finish(outlet, {
        reason: 'Local',
        ...(transaction.idTag === undefined ? {} : { idTag: transaction.idTag }),
      });
  }

  /** Sends samples until the time is over or the transaction ends. */
  async function sampleFor(
    outlet: Outlet,
    seconds: number | undefined,
    every: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    if (seconds === undefined && every === undefined) return;
    const end = seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * MS_PER_SECOND;
    while (!signal.aborted) {
      const leftMs = end - Date.now();
      const stepMs = every === undefined ? leftMs : Math.min(every * MS_PER_SECOND, leftMs);
      if (stepMs > 0) await delay(stepMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || Date.now() >= end) return;
      await dialect.sample(outlet, outlet.transaction, 'Sample.Periodic');
    }
  }

  async function finish(outlet: Outlet, input: StopInput): Promise<void> {
    const { transaction } = outlet;
    if (!transaction || transaction.over.signal.aborted) return;
    transaction.over.abort();
    outlet.meter.setPowerW(0);
    delete outlet.transaction;
    await dialect.stop(transaction, outlet, input);
    if (dialect.words.finishing !== undefined) await dialect.status(outlet, dialect.words.finishing);
    await dialect.status(outlet, 'Available');
  }

  return {
    finish,

    async runLocally(outlet, idTag, charging) {
      await dialect.status(outlet, dialect.words.pluggedIn);
      const transaction = await dialect.startLocally(outlet, idTag);
      if (!transaction) {
        await dialect.status(outlet, 'Available');
        return false;
      }
      const accepted = transaction.refused === undefined;
      await charge(outlet, charging);
      return accepted;
    },

    async startRemotely(outlet, input) {
      await dialect.status(outlet, dialect.words.pluggedIn);
      if (options.authorizeRemote) {
        const status = await dialect.authorize(input.idTag, input.idTokenType);
        if (status !== 'Accepted') {
          station.log(`remote start of ${input.idTag} not authorized (${status})`);
          await dialect.status(outlet, 'Available');
          return;
        }
      }
      await dialect.start(outlet, input);
      await charge(outlet, remote);
    },
  };
}
