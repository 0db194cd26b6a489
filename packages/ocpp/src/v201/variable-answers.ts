import type { DeviceVariable } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { isWireObject, type WireObject } from '../wire.js';
import { attributeType, readPlace, withValue } from './device-variable.js';

/** What the answer to GetVariables or SetVariables tells of the device model. */
export function readVariables(
  action: string,
  request: WireObject,
  answer: WireObject,
  at: EpochMs,
): DeviceVariable[] {
  if (action === 'GetVariables') return results(answer.getVariableResult).flatMap((item) => told(item, at));
  if (action !== 'SetVariables') return [];
  const asked = results(request.setVariableData);
  return results(answer.setVariableResult).flatMap((item) => set(item, asked, at));
}

function results(list: unknown): WireObject[] {
  return Array.isArray(list) ? list.filter(isWireObject) : [];
}

function told(item: WireObject, at: EpochMs): DeviceVariable[] {
  const place = readPlace(item);
  const { attributeStatus, attributeValue } = item;
  if (!place || attributeStatus !== 'Accepted' || typeof attributeValue !== 'string') return [];
  return [withValue(place, attributeType(item.attributeType), attributeValue, at)];
}

/** The answer does not repeat the value: it is the first that was sent for this place and is not answered yet. */
function set(item: WireObject, asked: WireObject[], at: EpochMs): DeviceVariable[] {
  const place = readPlace(item);
  if (!place) return [];
  const type = attributeType(item.attributeType);
  const wanted = JSON.stringify(place);
  const index = asked.findIndex(
    (one) => attributeType(one.attributeType) === type && JSON.stringify(readPlace(one)) === wanted,
  );
  const [request] = index < 0 ? [] : asked.splice(index, 1);
  const value = request?.attributeValue;
  if (item.attributeStatus !== 'Accepted' || typeof value !== 'string') return [];
  return [withValue(place, type, value, at)];
}
