import { type Child, startChild } from '../processes/child.js';
import type { PostgresServer } from './postgres.js';

const START_TIMEOUT_MS = 10_000;

/** The durable reference: see reference-main. */
export interface ReferenceServer {
  /** Ends with a slash; the station id follows. */
  ocppUrl: string;
  /** A POST below it starts a session at the station whose id follows. */
  startUrl: string;
  stop(): Promise<void>;
}

/** In a database of its own on the server. `pushUrl` ends with a slash; the name of an EVSE follows. */
export async function startReference(postgres: PostgresServer, pushUrl: string): Promise<ReferenceServer> {
  await postgres.ask('create database reference');
  const child: Child<never, { is: 'listening'; port: number }> = startChild('servers/reference-main.js', {
    DATABASE_URL: postgres.url.replace(/postgres$/, 'reference'),
    PUSH_URL: pushUrl,
  });
  const { port } = await child.next('listening', START_TIMEOUT_MS);
  return {
    ocppUrl: `ws://127.0.0.1:${port}/ocpp/`,
    startUrl: `http://127.0.0.1:${port}/start/`,
    stop: () => child.stop(),
  };
}
