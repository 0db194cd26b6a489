import type { Used } from './expected-cost.js';
import type { OperatorApi, Row } from './operator-api.js';

/** Newest transaction of a charger as its own frames tell it, straight from the wire. */
export async function usedInNewestTransaction(operator: OperatorApi, stationId: string): Promise<Used> {
  const newest = async (action: string, matches: (payload: Row) => boolean = () => true): Promise<Row> => {
    const frames = await operator.list(`/stations/${stationId}/frames?action=${action}`);
    for (const frame of frames) {
      const [type, , , payload] = JSON.parse(String(frame.raw)) as [number, string, string, Row];
      if (frame.direction === 'in' && type === 2 && matches(payload)) return payload;
    }
    throw new Error(`${stationId} sent no such ${action}`);
  };
  const station = await operator.get(`/stations/${stationId}`);
  if (station.protocol === 'ocpp1.6') {
    const [start, stop] = [await newest('StartTransaction'), await newest('StopTransaction')];
    return used(start, stop, deciWh(start.meterStart), deciWh(stop.meterStop));
  }
  const event = (eventType: string) =>
    newest('TransactionEvent', (payload) => payload.eventType === eventType);
  const [start, stop] = [await event('Started'), await event('Ended')];
  return used(start, stop, register(start), register(stop));
}

function used(start: Row, stop: Row, startDeciWh: bigint, stopDeciWh: bigint): Used {
  return {
    energyDeciWh: stopDeciWh - startDeciWh,
    // OCPI times have whole seconds.
    chargingSeconds: seconds(stop.timestamp) - seconds(start.timestamp),
    parkingSeconds: 0n,
  };
}

function seconds(timestamp: unknown): bigint {
  return BigInt(Math.floor(Date.parse(String(timestamp)) / 1000));
}

function deciWh(value: unknown): bigint {
  return BigInt(Math.round(Number(value) * 10));
}

function register({ meterValue }: Row): bigint {
  const [first] = meterValue as { sampledValue: { measurand: string; value: number }[] }[];
  const sample = first?.sampledValue.find(({ measurand }) => measurand === 'Energy.Active.Import.Register');
  return deciWh(sample?.value);
}
