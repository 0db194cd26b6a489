import type { BootReport } from '@roambridge/domain';
import { answerBoot } from '../any-version/boot-answer.js';
import { readTexts } from '../any-version/text-members.js';
import type { InboundCall, Route } from '../routing.js';
import { need, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** BootNotification (B-001). */
export const bootNotification: Route = {
  messageClass: 'plain',
  // Its answer carries the time, and chargers that count ids begin again at a boot.
  repeatable: false,
  answer: (payload, call) => answerBoot(readBoot(payload, call), call),
};

export function readBoot(payload: WireObject, call: InboundCall): BootReport {
  const serialNumber =
    readText(payload, 'chargePointSerialNumber', call) ?? readText(payload, 'chargeBoxSerialNumber', call);
  return {
    vendor: need(readText(payload, 'chargePointVendor', call), payload, 'chargePointVendor'),
    model: need(readText(payload, 'chargePointModel', call), payload, 'chargePointModel'),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...readTexts(
      payload,
      { firmwareVersion: 'firmwareVersion', meterType: 'meterType', meterSerialNumber: 'meterSerialNumber' },
      call,
    ),
  };
}
