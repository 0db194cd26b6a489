import { createLatencies } from '../load/latencies.js';
import type { LoadStation } from '../load/messages.js';
import { connectStation, type Station } from '../load/station.js';
import { evseUid } from '../servers/fleet.js';
import type { LoopOrder } from './messages.js';

const CONNECTING_AT_A_TIME = 50;

/** A station of the fleet with what it is to partners. */
export interface FleetStation extends Pick<LoadStation, 'id' | 'tokenUid'> {
  evseUid: string;
  /** Says that the other status of its connector is true now. Resolves with the answer. */
  change(): Promise<void>;
}

export interface Fleet {
  stations: FleetStation[];
  /** Called with the station and the action of every call of the server. */
  called(listener: (stationId: string, action: string) => void): void;
  close(): Promise<void>;
}

export async function connectFleet(
  { url, stations }: Extract<LoopOrder, { do: 'connect' }>,
  fail: (reason: string) => void,
): Promise<Fleet> {
  const ignored = createLatencies();
  const sockets: Station[] = [];
  const fleet: FleetStation[] = [];
  let listener: (stationId: string, action: string) => void = () => undefined;

  async function connect(station: LoadStation): Promise<void> {
    const { id, tokenUid } = station;
    const called = (action: string) => listener(id, action);
    const socket = await connectStation({ url, protocol: 'ocpp1.6', station, fail, called });
    sockets.push(socket);
    const change = async () => {
      socket.run('status', ignored);
      await socket.rest();
    };
    await socket.boot();
    await change();
    await change();
    fleet.push({ id, tokenUid, evseUid: evseUid(id), change });
  }

  const queue = [...stations];
  const worker = async () => {
    for (let station = queue.shift(); station; station = queue.shift()) await connect(station);
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_A_TIME }, worker));
  return {
    stations: fleet,
    called(next) {
      listener = next;
    },
    async close() {
      await Promise.all(sockets.map((socket) => socket.close()));
    },
  };
}
