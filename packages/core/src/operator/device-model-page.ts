import { correction } from '../configuration/wanted.js';
import type { DeviceModelQuery, ExpectedVariable } from '../edges/operator-edge.js';
import type { DeviceModel, DeviceVariable } from '../model/device-model.js';
import type { WantedConfiguration, WantedValue } from '../model/station-configuration.js';
import type { CursorPage } from '../ports/store.js';

/**
 * One page of the variables that are asked for, in the order in which the charger told them. What is wanted of
 * `Component.Variable` is wanted wherever the station has it.
 */
export function deviceModelPage(
  model: DeviceModel | undefined,
  query: DeviceModelQuery,
  wanted: WantedConfiguration,
): CursorPage<ExpectedVariable> {
  const wishes = new Map(Object.entries(wanted).map(([key, wish]) => [key.toLowerCase(), wish]));
  const found = (model?.variables ?? []).filter((variable) => isAskedFor(variable, query));
  const start = query.cursor === undefined ? 0 : Number(query.cursor);
  const from = Number.isSafeInteger(start) && start > 0 ? start : 0;
  const end = from + query.limit;
  return {
    items: found.slice(from, end).map((variable) => expected(variable, wishes)),
    ...(end < found.length ? { nextCursor: String(end) } : {}),
  };
}

function expected(variable: DeviceVariable, wishes: ReadonlyMap<string, WantedValue>): ExpectedVariable {
  const wanted = wishes.get(`${variable.component.name}.${variable.variable.name}`.toLowerCase());
  if (wanted === undefined) return variable;
  const { value } = variable.attributes.find(({ type }) => type === 'Actual') ?? {};
  const set = correction(wanted, { readonly: false, ...(value === undefined ? {} : { value }) });
  return { ...variable, expectation: { wanted, ...(set === undefined ? {} : { set }) } };
}

function isAskedFor({ component, variable }: DeviceVariable, query: DeviceModelQuery): boolean {
  return (
    isNamed(component.name, query.component) &&
    isNamed(variable.name, query.variable) &&
    (query.evseId === undefined || component.evseId === query.evseId)
  );
}

function isNamed(name: string, wanted: string | undefined): boolean {
  return wanted === undefined || name.toLowerCase() === wanted.toLowerCase();
}
