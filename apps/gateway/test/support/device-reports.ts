import type { Payload } from '@roambridge/sim-charger';
import { now, type World201 } from './ocpp201-world.js';

/** One variable as a charger reports it; `more` belongs to its name, an instance for example. */
export const reported = (
  component: string,
  variable: string,
  value: string,
  more: Payload = {},
): Payload => ({
  component: { name: component },
  variable: { name: variable, ...more },
  variableAttribute: [{ type: 'Actual', value, mutability: 'ReadWrite' }],
  variableCharacteristics: { dataType: 'integer', supportsMonitoring: true },
});

export function notifyReport(
  world: World201,
  requestId: number,
  seqNo: number,
  tbc: boolean,
  reportData: Payload[],
): Promise<Payload> {
  return world.tell('NotifyReport', { requestId, generatedAt: now(), seqNo, tbc, reportData });
}

/** The actual value of a variable as the operator API shows it. */
export async function variableValue(world: World201, component: string, name: string): Promise<unknown> {
  const page = await world.get(`/device-model?component=${component}&variable=${name}`);
  const [found] = page.items as { attributes: { type: string; value?: string }[] }[];
  return found?.attributes.find(({ type }) => type === 'Actual')?.value;
}
