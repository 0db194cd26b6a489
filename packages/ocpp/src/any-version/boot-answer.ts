import type { BootReport } from '@roambridge/domain';
import type { InboundCall } from '../routing.js';
import { toWireTime, type WireObject } from '../wire.js';

/** Hands a boot report to core and writes its decision; the answer is the same in every version (B-001, C-020). */
export async function answerBoot(report: BootReport, call: InboundCall): Promise<WireObject> {
  const decision = await call.edge.boot(call.stationId, report, call.frame);
  return {
    status: decision.status,
    currentTime: toWireTime(decision.currentTime),
    interval: decision.interval,
  };
}
