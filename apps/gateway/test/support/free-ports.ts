import { createServer } from 'node:net';

/**
 * Below the ports that the system gives to connections and to `listen(0)` (Linux: 32768 and up),
 * so that nothing takes one between two starts of the same listener; every worker of jest draws
 * from a span of its own.
 */
const FIRST_PORT = 10_000;
const PORTS_PER_WORKER = 2_500;
const SPANS = 9;

const worker = (Number(process.env.JEST_WORKER_ID ?? 1) - 1) % SPANS;
let next = Math.floor(Math.random() * PORTS_PER_WORKER);

/** Ports that are free now and stay the same over restarts. */
export async function freePorts(): Promise<Record<'OCPP_PORT' | 'OCPI_PORT' | 'OPERATOR_PORT', string>> {
  const [ocpp, ocpi, operator] = [await freePort(), await freePort(), await freePort()];
  return { OCPP_PORT: String(ocpp), OCPI_PORT: String(ocpi), OPERATOR_PORT: String(operator) };
}

/** A port for a listener that goes down and comes back. @throws where a whole span is taken */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS_PER_WORKER; tried += 1) {
    next = (next + 1) % PORTS_PER_WORKER;
    const port = FIRST_PORT + worker * PORTS_PER_WORKER + next;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free for worker ${worker + 1}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
