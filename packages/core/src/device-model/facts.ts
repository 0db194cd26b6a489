import { merged } from '@roambridge/domain';
import type { DeviceFacts, DeviceVariable, MessageLimit, MeterFact } from '../model/device-model.js';

/** Components that limit messages; the instance of their variables is the action (C-005). */
const LIMITING: ReadonlySet<string> = new Set(['devicedatactrlr', 'monitoringctrlr']);

/** What the gateway acts by, out of what was told; undefined = none of it was told. */
export function factsOf(variables: readonly DeviceVariable[], known: DeviceFacts): DeviceFacts | undefined {
  let facts = known;
  for (const told of variables) facts = withFact(facts, told);
  return facts === known ? undefined : facts;
}

function withFact(facts: DeviceFacts, { component, variable, attributes }: DeviceVariable): DeviceFacts {
  const value = attributes.find(({ type }) => type === 'Actual')?.value;
  if (value === undefined) return facts;
  const owner = component.name.toLowerCase();
  const name = variable.name.toLowerCase();
  if (LIMITING.has(owner)) return withLimit(facts, name, variable.instance, value);
  switch (`${owner}.${name}`) {
    case 'ocppcommctrlr.offlinethreshold': {
      const seconds = Number(value);
      // B04.FR.01
      return seconds >= 0 ? { ...facts, offlineThresholdMs: seconds * 1_000 } : facts;
    }
    case 'tariffcostctrlr.enabled':
      return variable.instance === undefined || variable.instance.toLowerCase() === 'cost'
        ? { ...facts, showsCost: value.toLowerCase() === 'true' }
        : facts;
    case 'reservationctrlr.enabled':
      return { ...facts, reservationsEnabled: value.toLowerCase() === 'true' };
    case 'smartchargingctrlr.enabled':
      return { ...facts, smartChargingEnabled: value.toLowerCase() === 'true' };
    case 'fiscalmetering.serialnumber':
    case 'energymeter.serialnumber':
      return withMeter(facts, component.evseId, { serialNumber: value });
    case 'fiscalmetering.publickey':
      return withMeter(facts, component.evseId, { publicKey: value });
    default:
      return facts;
  }
}

/** One entry for each EVSE, as the charger names it. */
function withMeter(
  facts: DeviceFacts,
  evseId: number | undefined,
  told: Omit<MeterFact, 'evseId'>,
): DeviceFacts {
  if (Object.values(told).every((text) => text === '')) return facts;
  const { meters = [] } = facts;
  const known = meters.find((meter) => meter.evseId === evseId);
  const others = meters.filter((meter) => meter !== known);
  const meter: MeterFact = { ...(evseId === undefined ? {} : { evseId }), ...known, ...told };
  return merged(facts, { meters: [...others, meter] });
}

function withLimit(facts: DeviceFacts, name: string, action: string | undefined, value: string): DeviceFacts {
  const limit = Number(value);
  if (action === undefined || !Number.isSafeInteger(limit) || limit < 1) return facts;
  const change: MessageLimit | undefined =
    name === 'itemspermessage' ? { items: limit } : name === 'bytespermessage' ? { bytes: limit } : undefined;
  if (!change) return facts;
  const { messageLimits = {} } = facts;
  return { ...facts, messageLimits: { ...messageLimits, [action]: { ...messageLimits[action], ...change } } };
}
