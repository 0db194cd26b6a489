import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The limit that everything is compared with: `ws`, JSON.parse and an answer that is always the same. It checks
 * nothing, stores nothing and tells nobody.
 */
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

const ANSWERS: Record<string, () => string> = {
  BootNotification: () => `{"status":"Accepted","currentTime":"${new Date().toISOString()}","interval":300}`,
  Heartbeat: () => `{"currentTime":"${new Date().toISOString()}"}`,
  StartTransaction: () => '{"transactionId":1,"idTagInfo":{"status":"Accepted"}}',
};

server.on('connection', (socket: WebSocket) => {
  socket.on('message', (data) => {
    const [, id, action] = JSON.parse(data.toString());
    socket.send(`[3,"${id}",${ANSWERS[action]?.() ?? '{}'}]`);
  });
});

server.on('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ is: 'listening', port });
});

process.on('disconnect', () => process.exit(0));
