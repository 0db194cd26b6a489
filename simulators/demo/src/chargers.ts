import { setTimeout as delay } from 'node:timers/promises';
import { type Charger, startCharger } from '@roambridge/sim-charger';
import { type DemoStation, STATIONS } from './fleet.js';
import type { Narrative } from './narrative.js';
import { SAMPLE_EVERY_SECONDS } from './pairs.js';

/** A remotely started session ends by itself when nobody stops it. */
const LONGEST_REMOTE_SESSION_SECONDS = 60;
const LAST_WORD_MS = 2_000;
/** Registers count from here on, faster than the fleet can charge: a meter never runs backwards between two runs. */
const METERS_INSTALLED_AT = Date.UTC(2026, 0, 1);
const REGISTER_WH_PER_SECOND = 5;

/** Connects and boots the whole fleet. */
export async function startChargers(options: {
  ocppUrl: string;
  passwords: ReadonlyMap<string, string>;
  narrative: Narrative;
}): Promise<ReadonlyMap<string, Charger>> {
  const chargers = await Promise.all(
    STATIONS.map(async (station) => [station.id, await startStation(station, options)] as const),
  );
  return new Map(chargers);
}

/** Ends what is charging, so that nothing is left open for the next run, and disconnects the fleet. */
export async function stopChargers(chargers: readonly Charger[]): Promise<void> {
  await Promise.allSettled(
    chargers.map(async (charger) => {
      const lastWord =
        charger.transaction(1) && charger.isConnected()
          ? charger.stopTransaction(1, { reason: 'Local' })
          : Promise.resolve();
      await Promise.race([lastWord, delay(LAST_WORD_MS)]).catch(() => undefined);
      await charger.close();
    }),
  );
}

async function startStation(
  { id, protocol, powerW }: DemoStation,
  { ocppUrl, passwords, narrative }: Parameters<typeof startChargers>[0],
): Promise<Charger> {
  const password = passwords.get(id);
  const charger = await startCharger({
    url: ocppUrl,
    identity: id,
    ...(password === undefined ? {} : { password }),
    protocol,
    meterWh: Math.floor(((Date.now() - METERS_INSTALLED_AT) / 1_000) * REGISTER_WH_PER_SECOND),
    autoReconnect: true,
    remoteCharging: {
      powerW,
      sampleEverySeconds: SAMPLE_EVERY_SECONDS,
      seconds: LONGEST_REMOTE_SESSION_SECONDS,
    },
    log: (text) => narrative.say(id, text),
  });
  const answer = await charger.boot();
  await charger.status(1, 'Available');
  narrative.say(id, `connected with ${protocol}, boot ${String(answer.status)}`);
  return charger;
}
