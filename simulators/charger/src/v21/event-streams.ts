import { type CallHandler, nested, numeric, text } from '../protocol.js';
import { type Outlet, type Station, timestamp } from '../station.js';

/** A stream of one outlet's register; the outlet's number is its id. */
interface EventStream {
  id: number;
  variableMonitoringId: number;
  params: { interval: number; values: number };
}

/** Monitors of the registers, as the charger comes from the factory. */
const FIRST_MONITOR_ID = 9_000;
const PARAMS = { interval: 60, values: 1 };

/** Tells every meter sample in a stream of its own as well, where the CSMS wants it. */
export function createEventStreams(station: Station): {
  handlers: Record<string, CallHandler>;
  sample(outlet: Outlet): Promise<void>;
} {
  const open = new Map<number, EventStream>();
  const refused = new Set<number>();

  async function opened(id: number): Promise<boolean> {
    if (open.has(id) || refused.has(id)) return open.has(id);
    const stream = { id, variableMonitoringId: FIRST_MONITOR_ID + id, params: PARAMS };
    const answer = await station.call('OpenPeriodicEventStream', { constantStreamData: stream });
    if (text(answer, 'status') === 'Accepted') open.set(id, stream);
    else refused.add(id);
    return open.has(id);
  }

  return {
    async sample({ number, meter }) {
      if (!station.isOnline() || !(await opened(number))) return;
      const data = [{ t: 0, v: String(meter.readWh()) }];
      station.tell('NotifyPeriodicEventStream', { id: number, pending: 0, basetime: timestamp(), data });
    },
    handlers: {
      GetPeriodicEventStream: () => (open.size === 0 ? {} : { constantStreamData: [...open.values()] }),
      AdjustPeriodicEventStream(payload) {
        const stream = open.get(numeric(payload, 'id') ?? -1);
        const params = nested(payload, 'params') ?? {};
        if (!stream) return { status: 'Rejected' };
        stream.params = {
          interval: numeric(params, 'interval') ?? stream.params.interval,
          values: numeric(params, 'values') ?? stream.params.values,
        };
        return { status: 'Accepted' };
      },
    },
  };
}
