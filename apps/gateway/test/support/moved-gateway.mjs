/**
 * The gateway as a process that a test can kill, with a clock that the test moves: it does one thing for each message of
 * its parent. Started with the settings and the time as JSON in its first argument.
 */
import { WebSocket } from 'ws';
import { startGateway } from '../../dist/gateway.js';
import { createReplayClock } from '../../dist/replay/replay-clock.js';
import { readSettings } from '../../dist/settings.js';

/** Work that waits for a timer of the clock does not end before the clock goes on. */
const STUCK_TICKS = 40;
const TICK_MS = 10;
const IO_TURNS = 4;

const { settings, startAt } = JSON.parse(process.argv[2]);
const clock = createReplayClock(startAt);
const log = {
  debug() {},
  info() {},
  warn() {},
  error: (fields, message) => console.error(message, fields.err?.stack ?? JSON.stringify(fields)),
};
const { urls, core } = await startGateway({ clock, log, settings: readSettings(settings) });

let goOn = () => undefined;

const DO = {
  async move({ until }) {
    await clock.moveTo(until, async () => {
      await idle();
      const settled = new Promise((resolve) => {
        goOn = resolve;
      });
      process.send({ settling: clock.now() });
      await settled;
    });
  },
  idle,
  /** From now on nothing that is ready for a charger leaves. */
  async hold() {
    WebSocket.prototype.send = () => undefined;
  },
};

/** What the parent sent over a socket before it asked is read first. */
async function idle() {
  for (let turn = 0; turn < IO_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await Promise.race([core.idle(), stuck()]);
}

/** Resolves when the event loop was free for so many ticks: one that was busy for a while has not been waiting. */
async function stuck() {
  for (let tick = 0; tick < STUCK_TICKS; tick += 1) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}

process.on('message', async (message) => {
  if (message.goOn) return goOn();
  await DO[message.ask](message);
  process.send({ done: message.id });
});
process.once('disconnect', () => process.exit(1));
process.send({ up: urls });
