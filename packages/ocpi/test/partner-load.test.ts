import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Gateway, startGateway } from './support/gateway.js';
import { LOCATION, partner } from './support/samples.js';

const LIMITS = { requestsAtATime: 4, answerTakenMs: 2_000 };
/** Together more than the system buffers of a connection hold. */
const LOCATIONS = 100;
const NAME = 'x'.repeat(80_000);

let gateway: Gateway;
const open: Socket[] = [];
beforeAll(async () => {
  gateway = await startGateway({ limits: LIMITS });
  gateway.memory.partners = [
    partner('2.2.1', { id: 'slow', inboundToken: 'slow' }),
    partner('2.2.1', { id: 'well', inboundToken: 'well' }),
  ];
  gateway.memory.locations = Array.from({ length: LOCATIONS }, (_, id) => ({
    ...LOCATION,
    id: `L-${id}`,
    name: NAME,
  }));
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await gateway.close();
});

/** Asks for all locations and reads nothing. */
function deaf(): Socket {
  const { hostname, port, host } = new URL(gateway.base);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined).pause();
  socket.write(
    `GET /ocpi/2.2.1/locations?limit=${LOCATIONS} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Token slow\r\n\r\n`,
  );
  open.push(socket);
  return socket;
}

const asks = (token: string, limit: number) =>
  gateway.call('GET', `/ocpi/2.2.1/locations?limit=${limit}`, { token });

test('a partner that does not read its answers holds only so many of them, and loses them in time (R23, S28)', async () => {
  const sockets = Array.from({ length: LIMITS.requestsAtATime }, deaf);
  const ended = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  const begun = Date.now();
  let refused = await asks('slow', 1);
  while (refused.status !== 429 && Date.now() - begun < LIMITS.answerTakenMs) refused = await asks('slow', 1);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  // Nobody else notices.
  const others = await asks('well', 2);
  expect([others.status, others.body.data.length]).toEqual([200, 2]);
  for (const socket of sockets) socket.resume();
  await Promise.all(ended);
  expect((await asks('slow', 1)).status).toBe(200);
});

test('a partner that hangs up in the middle of its answer holds nothing', async () => {
  for (let turn = 0; turn <= LIMITS.requestsAtATime; turn += 1) {
    const socket = deaf();
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
  }
  const begun = Date.now();
  let answer = await asks('slow', 1);
  while (answer.status === 429 && Date.now() - begun < LIMITS.answerTakenMs / 2)
    answer = await asks('slow', 1);
  expect(answer.status).toBe(200);
});
