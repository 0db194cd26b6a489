import type {
  DeviceAttribute,
  DeviceAttributeType,
  DeviceCharacteristics,
  DeviceComponent,
  DeviceVariable,
} from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { isWireObject, type WireObject } from '../wire.js';

const TYPES: readonly DeviceAttributeType[] = ['Actual', 'Target', 'MinSet', 'MaxSet'];
const MUTABILITIES = ['ReadOnly', 'WriteOnly', 'ReadWrite'] as const;
/** Values of these are secrets: a charger should not tell them, and they are not kept when it does. */
const SECRET = /password|secret|privatekey/i;

/** Component and variable of an item; undefined where it names none. */
export function readPlace(item: WireObject): Pick<DeviceVariable, 'component' | 'variable'> | undefined {
  const { component, variable } = item;
  if (!isWireObject(component) || !isWireObject(variable)) return undefined;
  const name = textOf(component.name);
  const variableName = textOf(variable.name);
  if (name === undefined || variableName === undefined) return undefined;
  const evse = isWireObject(component.evse) ? component.evse : {};
  const place: DeviceComponent = { name };
  const instance = textOf(component.instance);
  if (instance !== undefined) place.instance = instance;
  if (typeof evse.id === 'number') place.evseId = evse.id;
  if (typeof evse.connectorId === 'number') place.connectorId = evse.connectorId;
  const variableInstance = textOf(variable.instance);
  return {
    component: place,
    variable: {
      name: variableName,
      ...(variableInstance === undefined ? {} : { instance: variableInstance }),
    },
  };
}

/** ReportDataType. */
export function readReportData(item: WireObject, at: EpochMs): DeviceVariable | undefined {
  const place = readPlace(item);
  if (!place) return undefined;
  const list = Array.isArray(item.variableAttribute) ? item.variableAttribute.filter(isWireObject) : [];
  const characteristics = readCharacteristics(item.variableCharacteristics);
  return {
    ...place,
    attributes: list.map((attribute) => readAttribute(attribute, place, at)),
    ...(characteristics ? { characteristics } : {}),
  };
}

function readAttribute(
  source: WireObject,
  place: Pick<DeviceVariable, 'variable'>,
  at: EpochMs,
): DeviceAttribute {
  const { value } = source;
  const mutability = MUTABILITIES.find((known) => known === source.mutability);
  return {
    type: attributeType(source.type),
    ...(typeof value === 'string' && !SECRET.test(place.variable.name) ? { value } : {}),
    ...(mutability === undefined ? {} : { mutability }),
    ...(typeof source.persistent === 'boolean' ? { persistent: source.persistent } : {}),
    ...(typeof source.constant === 'boolean' ? { constant: source.constant } : {}),
    at,
  };
}

/** Absent = Actual. */
export function attributeType(value: unknown): DeviceAttributeType {
  return TYPES.find((known) => known === value) ?? 'Actual';
}

/** A value that was told in an answer. */
export function withValue(
  place: Pick<DeviceVariable, 'component' | 'variable'>,
  type: DeviceAttributeType,
  value: string,
  at: EpochMs,
): DeviceVariable {
  return {
    ...place,
    attributes: [{ type, ...(SECRET.test(place.variable.name) ? {} : { value }), at }],
  };
}

function readCharacteristics(source: unknown): DeviceCharacteristics | undefined {
  if (!isWireObject(source)) return undefined;
  const { dataType, unit, minLimit, maxLimit, valuesList, supportsMonitoring } = source;
  return {
    ...(typeof dataType === 'string' ? { dataType } : {}),
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(typeof minLimit === 'number' ? { minLimit } : {}),
    ...(typeof maxLimit === 'number' ? { maxLimit } : {}),
    ...(typeof valuesList === 'string' ? { valuesList } : {}),
    ...(typeof supportsMonitoring === 'boolean' ? { supportsMonitoring } : {}),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
