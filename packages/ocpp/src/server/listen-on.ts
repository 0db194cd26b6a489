import type { Server } from 'node:net';
import type { Log } from '@roambridge/core';

/** Connections that may wait to be accepted: a fleet comes back at once. The system may allow fewer. */
const BACKLOG = 4_096;

/** Starts to listen and gives the port. Rejects when it cannot be had; what fails later is logged. */
export function listenOn(server: Server, port: number, host: string | undefined, log: Log): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      server.on('error', (err) => log.error({ err }, 'charger listener failed'));
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
