import type { DeviceAttribute, DeviceModel, DeviceVariable } from '../model/device-model.js';

/** Variables of one station, at most; a charger that makes up more is not believed. */
export const MAX_VARIABLES = 20_000;

/** Names of components and variables are compared ignoring case (OCPP 2.0.1 part 1, 4.1). */
export function keyOfVariable({
  component,
  variable,
}: Pick<DeviceVariable, 'component' | 'variable'>): string {
  const { name, instance, evseId, connectorId } = component;
  return [name, instance ?? '', evseId ?? '', connectorId ?? '', variable.name, variable.instance ?? '']
    .join('\0')
    .toLowerCase();
}

/** The model after a report; `whole`: what the report does not name is gone. */
export function withVariables(
  model: DeviceModel | undefined,
  told: readonly DeviceVariable[],
  at: number,
  whole: boolean,
): DeviceModel {
  const kept = whole ? [] : (model?.variables ?? []);
  const after = new Map(kept.map((known) => [keyOfVariable(known), known]));
  for (const variable of told) {
    const key = keyOfVariable(variable);
    const known = after.get(key);
    if (known || after.size < MAX_VARIABLES) after.set(key, known ? merged(known, variable) : variable);
  }
  return { updatedAt: at, variables: [...after.values()] };
}

function merged(known: DeviceVariable, told: DeviceVariable): DeviceVariable {
  const characteristics = told.characteristics ?? known.characteristics;
  return {
    component: known.component,
    variable: known.variable,
    attributes: mergedAttributes(known.attributes, told.attributes),
    ...(characteristics ? { characteristics } : {}),
  };
}

function mergedAttributes(
  known: readonly DeviceAttribute[],
  told: readonly DeviceAttribute[],
): DeviceAttribute[] {
  const byType = new Map(known.map((attribute) => [attribute.type, attribute]));
  for (const attribute of told) byType.set(attribute.type, { ...byType.get(attribute.type), ...attribute });
  return [...byType.values()];
}
