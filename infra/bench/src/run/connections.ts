import { setTimeout as delay } from 'node:timers/promises';
import type { LoadStation } from '../load/messages.js';
import { residentKiB } from '../processes/cpu.js';
import type { LoadGenerator } from './measure.js';
import type { Subject } from './subject.js';

const CONNECT_TIMEOUT_MS = 120_000;
/** Time in which what connecting left behind is cleared away. */
const SETTLE_MS = 3_000;

/** What it takes to have stations connected that say nothing. */
export interface ConnectionCost {
  stations: number;
  /** From the first handshake to the last answered BootNotification, seconds. */
  seconds: number;
  /** Growth of the resident memory per station, KiB; absent where the system does not tell. */
  kiBPerStation?: number;
}

export async function connectAndBoot(
  load: LoadGenerator,
  subject: Subject,
  stations: LoadStation[],
): Promise<ConnectionCost> {
  const before = residentKiB(subject.pid);
  load.tell({ do: 'connect', url: subject.ocppUrl, protocol: 'ocpp1.6', stations, boot: true });
  const { ms } = await load.next('connected', CONNECT_TIMEOUT_MS);
  await delay(SETTLE_MS);
  const after = residentKiB(subject.pid);
  load.tell({ do: 'disconnect' });
  await load.next('disconnected', CONNECT_TIMEOUT_MS);
  return {
    stations: stations.length,
    seconds: ms / 1_000,
    ...(before === undefined || after === undefined
      ? {}
      : { kiBPerStation: (after - before) / stations.length }),
  };
}
