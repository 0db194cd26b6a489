import { WebSocket } from 'ws';

/** How a charger tries to get in. */
export interface Attempt {
  url: string;
  user?: string;
  password?: string | Buffer;
  /** Client certificate and key, PEM. */
  cert?: string;
  key?: string;
  headers?: Record<string, string>;
  protocols?: string[];
}

/** Opens a socket as a charger does; authorities of the server are not what is tested here. */
export function openSocket({
  url,
  user,
  password,
  cert,
  key,
  headers = {},
  protocols = ['ocpp1.6'],
}: Attempt) {
  const authorization =
    user === undefined
      ? {}
      : {
          authorization: `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password ?? '')]).toString('base64')}`,
        };
  return new WebSocket(url, protocols, {
    headers: { ...headers, ...authorization },
    rejectUnauthorized: false,
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
}

/** HTTP status of the upgrade: 101 = let in, 0 = no HTTP answer at all. */
export function statusOf(attempt: Attempt): Promise<number> {
  const socket = openSocket(attempt);
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.once('open', () => {
      socket.once('close', () => resolve(101));
      socket.close();
    });
    socket.on('error', () => resolve(0));
  });
}
