import { runDemo } from './demo.js';
import { createNarrative } from './narrative.js';
import { readSettings } from './settings.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// A reader that went away (`npm start | head`) is no reason to leave the gateway running.
process.stdout.on('error', () => stop.abort());

try {
  process.exitCode = await runDemo({
    settings: readSettings(process.env),
    narrative: createNarrative((text) => void process.stdout.write(text)),
    signal: stop.signal,
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// Timers and sockets of the simulators have nothing left to do.
process.exit();
