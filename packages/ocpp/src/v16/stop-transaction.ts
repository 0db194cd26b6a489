import type { ReportedEvent } from '@roambridge/core';
import type { InboundCall, Route } from '../routing.js';
import { need, readInteger, readMoment, readRegister, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';
import { readIdTag } from './id-tag.js';
import { idTagInfo } from './id-tag-info.js';
import { readMeterValues } from './meter-value.js';

/** StopTransaction (B-006): cannot be refused. Core infers the transaction where the id is wrong (D2-054). */
export const stopTransaction: Route = {
  messageClass: 'billing',
  repeatable: true,
  async answer(payload, call) {
    const event = fromWire(payload, call);
    const answer = await call.edge.recordTransactionEvent(call.stationId, event, call.frame);
    return event.idToken && answer.authorization ? { idTagInfo: idTagInfo(answer.authorization) } : {};
  },
};

function fromWire(payload: WireObject, call: InboundCall): ReportedEvent {
  const transactionId = readInteger(payload, 'transactionId', call);
  const meterStopWh = readRegister(payload, 'meterStop', call);
  // One of them is enough to tell which transaction ended; the meter's last sample stands in for the register.
  if (transactionId === undefined) need(meterStopWh, payload, 'transactionId');
  const idToken = readIdTag(payload, call);
  return {
    eventType: 'Ended',
    ...(transactionId === undefined ? {} : { ocppTransactionId: String(transactionId) }),
    ...readMoment(payload, 'timestamp', call),
    receivedAt: call.receivedAt,
    offline: false,
    ...(idToken === undefined ? {} : { idToken }),
    stoppedReason: readText(payload, 'reason', call) ?? 'Local',
    ...(meterStopWh === undefined ? {} : { meterStopWh }),
    meterValues: readMeterValues(payload, 'transactionData', call) ?? [],
  };
}
