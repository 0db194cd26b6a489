import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createThreadedHttpClient } from '../../../packages/ocpi/src/client/threaded-http-client.js';
import { type Authority, createAuthority } from '../../../packages/ocpp/test/support/authority.js';

let stranger: Authority;
let server: Server;
let seen = 0;
beforeAll(async () => {
  stranger = await createAuthority('Nobody knows it');
  const { cert, key } = await stranger.issue({ subject: '/CN=localhost', usage: 'serverAuth' });
  server = createServer({ cert, key }, (_request, response) => {
    seen += 1;
    response.end('{"status_code":1000}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  stranger.dispose();
});

test('a partner is spoken to by TLS with a certificate that is trusted, or not at all (TR-001)', async () => {
  const { port } = server.address() as AddressInfo;
  const send = async (url: string, allowPrivate: boolean) => {
    const client = createThreadedHttpClient({ allowPrivate });
    const outcome = await client.send({ method: 'POST', url, headers: { Authorization: 'Token secret' } });
    await client.close();
    return outcome;
  };
  expect(await send(`https://localhost:${port}/versions`, true)).toMatchObject({
    kind: 'failure',
    detail: expect.stringMatching(/certificate/i),
  });
  expect(seen).toBe(0);
  expect(await send('http://8.8.8.8/versions', false)).toMatchObject({
    kind: 'failure',
    detail: expect.stringContaining('https'),
  });
});
