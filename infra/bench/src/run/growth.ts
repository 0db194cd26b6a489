import type { LoadStation } from '../load/messages.js';
import { METER_VALUES } from '../load/script.js';
import { GROWTH_BAR } from '../report/bars.js';
import { type Compared, compared } from './compared.js';
import type { LoadGenerator } from './measure.js';
import { costOf, takeReadings } from './readings.js';
import type { Subject } from './subject.js';

/** The same load on every fleet, well below what a small one could bring. */
const MESSAGES_PER_SECOND = 2_000;
const MESSAGES_OF_A_SESSION = METER_VALUES + 2;
const SMALL_FLEET = 100;
const WARM_UP_MS = 5_000;
const PATIENCE_MS = 120_000;
/** Share of the messages that has to get through for the two fleets to have had the same load. */
const LEAST_SHARE = 0.9;

/** What a message costs with a small fleet and with all of it, at the same rate of messages. */
export async function measureGrowth(options: {
  load: LoadGenerator;
  subject: Subject;
  stations: LoadStation[];
  measureMs: number;
  say: (line: string) => void;
}): Promise<Compared[]> {
  const { stations } = options;
  const small = await cpuPerMessage({ ...options, stations: stations.slice(0, SMALL_FLEET) });
  const large = await cpuPerMessage(options);
  if (small === undefined || large === undefined) return [];
  const what = `us CPU of a message, ${stations.length} stations / ${SMALL_FLEET}`;
  return [compared(what, small, large, GROWTH_BAR)];
}

/** Microseconds of the gateway and its database; undefined where the system does not tell. */
async function cpuPerMessage(options: {
  load: LoadGenerator;
  subject: Subject;
  stations: LoadStation[];
  measureMs: number;
  say: (line: string) => void;
}): Promise<number | undefined> {
  const { load, subject, stations, measureMs, say } = options;
  const perSecond = MESSAGES_PER_SECOND / MESSAGES_OF_A_SESSION;

  async function pace(ms: number): Promise<number> {
    load.tell({ do: 'pace', mix: 'tx16', perSecond, ms });
    const { messages, sessions } = await load.next('paced', ms + PATIENCE_MS);
    subject.ended?.(sessions);
    return messages;
  }

  load.tell({ do: 'connect', url: subject.ocppUrl, protocol: 'ocpp1.6', stations, boot: true });
  await load.next('connected', PATIENCE_MS);
  await pace(WARM_UP_MS);
  await subject.drained?.();
  const before = await takeReadings(subject, load.pid);
  const messages = await pace(measureMs);
  const perSecondSent = Math.round(messages / (measureMs / 1_000));
  if (perSecondSent < MESSAGES_PER_SECOND * LEAST_SHARE) {
    say(
      `!!! ${stations.length} STATIONS SENT ${perSecondSent} MESSAGES/s INSTEAD OF ${MESSAGES_PER_SECOND} !!!`,
    );
  }
  // What partners are told belongs to the messages.
  await subject.drained?.();
  const { serverCpuUs, databaseCpuUs = 0 } = costOf(before, await takeReadings(subject, load.pid), messages);
  load.tell({ do: 'disconnect' });
  await load.next('disconnected', PATIENCE_MS);
  return serverCpuUs === undefined ? undefined : serverCpuUs + databaseCpuUs;
}
