import { setTimeout as delay } from 'node:timers/promises';
import { locationOf } from '../servers/fleet.js';
import type { LatencyResult, LoopOrder } from './messages.js';
import type { Partners } from './partners.js';
import { quantilesOf } from './quantiles.js';
import type { Fleet, FleetStation } from './stations.js';

const ARRIVAL_TIMEOUT_MS = 10_000;

/** From the request of a partner to RemoteStartTransaction at the charger, one after the other. */
export async function measureStarts(
  fleet: Fleet,
  partners: Partners,
  { from, count, url }: Extract<LoopOrder, { do: 'starts' }>,
): Promise<LatencyResult> {
  const emsp = partners.first();
  const latencies: number[] = [];

  async function ask(station: FleetStation): Promise<void> {
    if (url !== undefined) {
      const response = await fetch(`${url}${station.id}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token: { uid: station.tokenUid }, evse_uid: station.evseUid }),
      });
      await response.arrayBuffer();
      return;
    }
    const { response } = await emsp.startSession({
      location_id: locationOf(station.id),
      evse_uid: station.evseUid,
      connector_id: '1',
      token: { uid: station.tokenUid },
    });
    if (response.result !== 'ACCEPTED') {
      throw new Error(`${station.id}: START_SESSION was answered ${JSON.stringify(response)}`);
    }
  }

  for (let i = 0; i < count; i += 1) {
    const station = fleet.stations[from + i];
    if (!station) throw new Error(`${from + count} starts need as many stations`);
    const at = performance.now();
    const arrived = new Promise<number>((resolve) => {
      fleet.called((stationId, action) => {
        if (stationId === station.id && action === 'RemoteStartTransaction') resolve(performance.now() - at);
      });
    });
    const waited = delay(ARRIVAL_TIMEOUT_MS, undefined, { ref: false });
    const [ms] = await Promise.all([Promise.race([arrived, waited]), ask(station)]);
    if (ms === undefined) throw new Error(`${station.id}: no RemoteStartTransaction came`);
    latencies.push(ms);
  }
  return quantilesOf(latencies);
}
