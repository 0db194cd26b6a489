import { type Child, startChild } from '../processes/child.js';

const START_TIMEOUT_MS = 10_000;

export interface RawServer {
  pid: number;
  /** Ends with a slash; the station id follows. */
  ocppUrl: string;
  stop(): Promise<void>;
}

export async function startRawServer(): Promise<RawServer> {
  const child: Child<never, { is: 'listening'; port: number }> = startChild('servers/raw-main.js');
  const { port } = await child.next('listening', START_TIMEOUT_MS);
  return { pid: child.pid, ocppUrl: `ws://127.0.0.1:${port}/`, stop: () => child.stop() };
}
