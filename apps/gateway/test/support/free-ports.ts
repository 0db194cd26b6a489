import { createServer } from 'node:net';

/** Ports that are free now and stay the same over restarts. */
export async function freePorts(): Promise<Record<'OCPP_PORT' | 'OCPI_PORT' | 'OPERATOR_PORT', string>> {
  const [ocpp, ocpi, operator] = await Promise.all([freePort(), freePort(), freePort()]);
  return { OCPP_PORT: ocpp, OCPI_PORT: ocpi, OPERATOR_PORT: operator };
}

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(String(port)));
    });
  });
}
