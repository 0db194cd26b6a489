import type { DeviceModelQuery } from '../edges/operator-edge.js';
import type { DeviceModel, DeviceVariable } from '../model/device-model.js';
import type { CursorPage } from '../ports/store.js';

/** One page of the variables that are asked for, in the order in which the charger told them. */
export function deviceModelPage(
  model: DeviceModel | undefined,
  query: DeviceModelQuery,
): CursorPage<DeviceVariable> {
  const found = (model?.variables ?? []).filter((variable) => isWanted(variable, query));
  const start = query.cursor === undefined ? 0 : Number(query.cursor);
  const from = Number.isSafeInteger(start) && start > 0 ? start : 0;
  const end = from + query.limit;
  return {
    items: found.slice(from, end),
    ...(end < found.length ? { nextCursor: String(end) } : {}),
  };
}

function isWanted({ component, variable }: DeviceVariable, query: DeviceModelQuery): boolean {
  return (
    isNamed(component.name, query.component) &&
    isNamed(variable.name, query.variable) &&
    (query.evseId === undefined || component.evseId === query.evseId)
  );
}

function isNamed(name: string, wanted: string | undefined): boolean {
  return wanted === undefined || name.toLowerCase() === wanted.toLowerCase();
}
