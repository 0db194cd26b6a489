import type { DeviceFacts, DeviceVariable, MessageLimit } from '../model/device-model.js';

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
    default:
      return facts;
  }
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
