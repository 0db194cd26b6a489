import type { Form } from './golden-fixture.js';
import { provision } from './golden-gateway.js';
import { type GoldenProcess, startGoldenProcess } from './golden-process.js';
import { perform } from './golden-steps.js';
import { QUIET_MS, World } from './golden-world.js';
import { namesFor } from './names.js';
import { OCPI_VERSIONS } from './ocpi-spelling.js';
import { linesOf, type Step, timeOf, type Vector } from './vector.js';

const KILLED_FORMS: readonly Form[] = ['1.6', '2.0.1'];

/**
 * Plays a vector against a gateway that is a process and is killed, in all its forms for partners of all versions at the
 * same time: each form and version has a charger, a location and a partner of its own.
 * @param where the gateway has its data, and its ports.
 * @returns what differed, as the other vectors do.
 */
export async function runKilled(vector: Vector, where: Record<string, string>): Promise<string[]> {
  const golden = await startGoldenProcess({ ...where, ...vector.settings });
  const players: Player[] = [];
  const moveTo = (at: number) =>
    golden.clock.moveTo(at, async () => {
      for (const { world } of players) world.notice();
    });
  try {
    for (const version of OCPI_VERSIONS) {
      for (const form of KILLED_FORMS) {
        const run = { form, version, names: namesFor({ form, version }) };
        const lines = linesOf(vector, form, version);
        if (typeof lines !== 'object') continue;
        await provision(golden.operator, run.names);
        players.push({ world: await World.join(golden, vector, run), lines });
      }
    }
    await moveTo(timeOf('08:00:00'));
    for (const { world } of players) world.begin();
    for (;;) {
      const times = players.flatMap(({ lines: [line] }) => (line ? [timeOf(line.at)] : []));
      if (times.length === 0) break;
      const next = Math.min(...times);
      await moveTo(next);
      await Promise.all(players.map((player) => playOwn(player, next)));
      await playShared(golden, players, next);
    }
    await moveTo(golden.clock.now() + QUIET_MS);
    return players.flatMap(({ world }) => {
      const { form, version } = world.run;
      return world.findings().map((finding) => `OCPP ${form}, OCPI ${version}: ${finding}`);
    });
  } finally {
    await golden.stop();
    for (const { world } of players) await world.closePartners();
  }
}

interface Player {
  world: World;
  /** Those that are still to be played. */
  lines: Step[];
}

const isShared = (line: Step) => 'kill' in line || 'hold' in line;

/** The lines of a charger and its partner at this time, up to one that all share. */
async function playOwn({ world, lines }: Player, at: number): Promise<void> {
  for (let [line] = lines; line && timeOf(line.at) === at && !isShared(line); [line] = lines) {
    lines.shift();
    await perform(world, line);
  }
}

/** The line that all have next, once. @throws Error when not all have it. */
async function playShared(golden: GoldenProcess, players: readonly Player[], at: number): Promise<void> {
  const next = players.map(({ lines }) => lines[0]);
  const shared = next.filter((line) => line !== undefined && timeOf(line.at) === at);
  const [line] = shared;
  if (!line) return;
  const kinds = new Set(shared.map((each) => JSON.stringify(each)));
  if (shared.length !== players.length || kinds.size > 1)
    throw new Error(`not all forms have ${JSON.stringify(line)}`);
  for (const { lines } of players) lines.shift();
  if ('kill' in line) await golden.killAndRestart();
  else await golden.holdAnswers();
}
