import { type Emsp, type ScriptedReply, startEmsp } from '@roambridge/sim-emsp';
import type { LoopOrder } from './messages.js';

/** Requests that a partner keeps: none of them is looked at. */
const KEPT = 10;
const ACCEPTED: ScriptedReply = {
  status: 200,
  body: { status_code: 1000, timestamp: new Date().toISOString() },
};

/** Partners that accept every object of a location, and tell when one came. */
export interface Partners {
  /** Starts more of them until there are so many. @returns where the first one takes locations. */
  listen(count: number): Promise<string>;
  register(
    invitations: Extract<LoopOrder, { do: 'register' }>['invitations'],
    tokenUids: readonly string[],
  ): Promise<void>;
  first(): Emsp;
  registered(): number;
  /** Called with the last segment of the path and the number of the partner. */
  told(listener: (object: string, partner: number) => void): void;
}

export function createPartners(): Partners {
  const emsps: Emsp[] = [];
  let registered = 0;
  let listener: (object: string, partner: number) => void = () => undefined;

  function first(): Emsp {
    const [emsp] = emsps;
    if (!emsp) throw new Error('no partner listens');
    return emsp;
  }

  return {
    first,
    registered: () => registered,
    told(next) {
      listener = next;
    },
    async listen(count) {
      while (emsps.length < count) {
        const number = emsps.length;
        const emsp = await startEmsp({
          version: '2.2.1',
          country_code: 'DE',
          party_id: `B${String(number).padStart(2, '0')}`,
          name: `Bench ${number}`,
          kept: KEPT,
        });
        emsp.respondWith({ path: '/locations/' }, ({ path }) => {
          listener(path.slice(path.lastIndexOf('/') + 1), number);
          return ACCEPTED;
        });
        emsps.push(emsp);
      }
      return `${new URL(first().url).origin}/locations/`;
    },
    async register(invitations, tokenUids) {
      for (const { versionsUrl, registrationToken } of invitations) {
        const emsp = emsps[registered];
        if (!emsp) throw new Error('more invitations than partners');
        await emsp.register(versionsUrl, registrationToken);
        registered += 1;
      }
      for (const uid of tokenUids) await first().pushToken({ uid });
    },
  };
}
