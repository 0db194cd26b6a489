import type { BootReport } from '@roambridge/domain';
import { answerBoot } from '../any-version/boot-answer.js';
import { readTexts } from '../any-version/text-members.js';
import type { InboundCall, Route } from '../routing.js';
import { need, readObject, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** BootNotification (C-020). */
export const bootNotification: Route = {
  messageClass: 'plain',
  // Its answer carries the time, and chargers that count ids begin again at a boot.
  repeatable: false,
  answer: (payload, call) => answerBoot(readBoot(payload, call), call),
};

export function readBoot(payload: WireObject, call: InboundCall): BootReport {
  const station = need(readObject(payload, 'chargingStation', call), payload, 'chargingStation');
  return {
    vendor: need(readText(station, 'vendorName', call), station, 'vendorName'),
    model: need(readText(station, 'model', call), station, 'model'),
    ...readTexts(station, { serialNumber: 'serialNumber', firmwareVersion: 'firmwareVersion' }, call),
    ...readTexts(payload, { reason: 'reason' }, call),
  };
}
