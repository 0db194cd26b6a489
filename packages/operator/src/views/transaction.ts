import type { CurvePoint, TransactionRecord } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const transactionView = z
  .object({
    id: z.string(),
    station_id: z.string(),
    evse_id: z.int().optional(),
    connector_id: z.int().optional(),
    ocpp_transaction_id: z.string(),
    id_token: z.string().optional(),
    id_token_type: z.string().optional(),
    started_at: z.string(),
    stopped_at: z.string().optional(),
    stop_reason: z.string().optional(),
    energy_wh: z.number(),
    open: z.boolean(),
    session_id: z.string().optional(),
    flags: z.array(z.string()),
  })
  .meta({ id: 'Transaction' });

/** The charger's record of a transaction. */
export function viewTransaction(record: TransactionRecord) {
  return {
    id: record.id,
    station_id: record.stationId,
    ...given('evse_id', record.evseId),
    ...given('connector_id', record.connectorId),
    ocpp_transaction_id: record.ocppTransactionId,
    ...given('id_token', record.idToken?.idToken),
    ...given('id_token_type', record.idToken?.type),
    started_at: isoTime(record.startedAt),
    ...(record.stoppedAt === undefined ? {} : { stopped_at: isoTime(record.stoppedAt) }),
    ...given('stop_reason', record.stopReason),
    energy_wh: record.energyWh,
    open: record.open,
    ...given('session_id', record.sessionId),
    flags: record.flags,
  };
}

export const curveView = z
  .object({
    points: z.array(
      z.object({
        at: z.string(),
        power_w: z.number().optional(),
        energy_wh: z.number().optional().describe('Since the start of the transaction'),
      }),
    ),
  })
  .meta({ id: 'TransactionCurve', description: 'What the meter showed, oldest first; at most 1,000 points' });

export function viewCurve(points: readonly CurvePoint[]): z.output<typeof curveView> {
  return {
    points: points.map(({ at, powerW, energyWh }) => ({
      at: isoTime(at),
      ...given('power_w', powerW),
      ...given('energy_wh', energyWh),
    })),
  };
}
