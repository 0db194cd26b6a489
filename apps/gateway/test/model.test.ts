import { expect, test } from '@jest/globals';
import { audit } from './model/audit.js';
import { ModelCharger } from './model/charger-model.js';
import { startFleetGateway } from './model/fleet-gateway.js';
import { type Metered, WORDING_16, WORDING_201 } from './model/messages.js';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-01T00:00:00Z');
const TICK_MS = 30 * 60_000;
const CHARGERS = Number(process.env.MODEL_CHARGERS ?? 1_000);
const DAYS = Number(process.env.MODEL_DAYS ?? 5);
/** The same days every time, unless another seed is given; `random` takes any. */
const GIVEN = process.env.MODEL_SEED ?? '12';
const SEED = GIVEN === 'random' ? Date.now() % 1_000_000 : Number(GIVEN);
/** Numbers of the chargers that take part, to look at one of them alone. */
const ONLY = process.env.MODEL_ONLY?.split(',').map(Number);
/** After the last transaction everything that waits a day has come to its end. */
const REST_MS = 3 * DAY_MS;
const DRAIN_TICKS = 200;

test(`${CHARGERS * DAYS} charger-days of what happens to chargers: every Wh is billed once (MODEL_SEED=${SEED})`, async () => {
  const begun = Date.now();
  const stations = Array.from({ length: CHARGERS }, (_, index) => `M${index}`);
  const gateway = await startFleetGateway({ stations, outlets: 2, start: START, seed: SEED });
  const ledger: Metered[] = [];
  const mishaps = new Map<string, number>();
  const chargers = stations.flatMap((identity, index) =>
    ONLY && !ONLY.includes(index)
      ? []
      : new ModelCharger({
          identity,
          password: gateway.password,
          url: gateway.ocppUrl,
          seed: SEED + index * 7_919,
          wording: index % 2 === 0 ? WORDING_16 : WORDING_201,
          ledger,
          mishaps,
        }),
  );
  const { clock, core } = gateway;
  const talk = () => Promise.all(chargers.map((charger) => charger.talk(clock.now())));
  try {
    for (let from = START; from < START + DAYS * DAY_MS; from += TICK_MS) {
      for (const charger of chargers) charger.live(from, from + TICK_MS);
      await clock.moveTo(from + TICK_MS, () => core.idle());
      await talk();
    }
    for (const charger of chargers) charger.finish(clock.now());
    for (let tick = 0; tick < DRAIN_TICKS && !chargers.every(({ isQuiet }) => isQuiet); tick += 1) {
      await clock.moveTo(clock.now() + TICK_MS, () => core.idle());
      await talk();
    }
    expect(chargers.filter(({ isQuiet }) => !isQuiet)).toHaveLength(0);
    for (let rested = 0; rested < REST_MS; rested += TICK_MS * 3) {
      await clock.moveTo(clock.now() + TICK_MS * 3, () => core.idle());
    }
    const { faults, ...sums } = await audit(gateway.store, ledger, gateway.takenCdrs);
    process.stdout.write(
      `${JSON.stringify({ seed: SEED, ...sums, mishaps: Object.fromEntries(mishaps), seconds: (Date.now() - begun) / 1000 })}\n`,
    );
    expect({ errors: gateway.errors, faults }).toEqual({ errors: [], faults: [] });
  } finally {
    await Promise.all(chargers.map((charger) => charger.close()));
    await gateway.stop();
  }
}, 600_000);
