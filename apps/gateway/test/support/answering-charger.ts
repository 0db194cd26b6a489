import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { type Attempt, openSocket } from './upgrade.js';

type Answer = (action: string, payload: Record<string, unknown>) => Record<string, unknown> | undefined;

/** A charger that does nothing but answer; undefined = it keeps silent. */
export interface AnsweringCharger {
  socket: WebSocket;
  /** Calls of the gateway, oldest first. */
  calls: { action: string; payload: Record<string, unknown> }[];
}

export async function answeringCharger(attempt: Attempt, answer: Answer): Promise<AnsweringCharger> {
  const socket = openSocket(attempt);
  const calls: AnsweringCharger['calls'] = [];
  socket.on('message', (data) => {
    const [type, id, action, payload] = JSON.parse(String(data));
    if (type !== 2) return;
    calls.push({ action, payload });
    const reply = answer(action, payload);
    if (reply) socket.send(JSON.stringify([3, id, reply]));
  });
  await once(socket, 'open');
  // Nobody listens for what comes when its gateway is killed.
  socket.on('error', () => undefined);
  return { socket, calls };
}

/** BootNotification, so that the gateway calls at once. */
export async function boot(charger: AnsweringCharger, serialNumber: string): Promise<unknown> {
  const { socket } = charger;
  const answered = new Promise<unknown>((resolve) => {
    const look = (data: unknown) => {
      const [type, id, payload] = JSON.parse(String(data));
      if (type !== 3 || id !== 'boot') return;
      socket.off('message', look);
      resolve(payload);
    };
    socket.on('message', look);
  });
  const payload =
    socket.protocol === 'ocpp1.6'
      ? { chargePointVendor: 'V', chargePointModel: 'M', chargeBoxSerialNumber: serialNumber }
      : { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M', serialNumber } };
  socket.send(JSON.stringify([2, 'boot', 'BootNotification', payload]));
  return answered;
}
