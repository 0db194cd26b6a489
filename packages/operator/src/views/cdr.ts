import type { CdrRecord, Delivery } from '@roambridge/core';
import type { Cdr, Price, UnpricedCdr } from '@roambridge/domain';
import { z } from 'zod';
import { deliveryProgressView, viewDeliveryProgress } from './delivery.js';
import { chargingPeriodView, priceView, viewChargingPeriod, viewDecimal, viewPrice } from './money.js';
import { cdrTokenView } from './session.js';
import { given, isoTime } from './times.js';

/** A CDR that is held may have no price at all. */
const COSTS = [
  'total_cost',
  'total_fixed_cost',
  'total_energy_cost',
  'total_time_cost',
  'total_parking_cost',
  'total_reservation_cost',
] as const satisfies (keyof Cdr)[];

export const cdrView = z
  .object({
    country_code: z.string(),
    party_id: z.string(),
    id: z.string(),
    start_date_time: z.string(),
    end_date_time: z.string(),
    session_id: z.string(),
    cdr_token: cdrTokenView,
    auth_method: z.enum(['AUTH_REQUEST', 'WHITELIST', 'COMMAND']),
    authorization_reference: z.string().optional(),
    cdr_location: z.looseObject({ id: z.string(), evse_uid: z.string(), connector_id: z.string() }),
    meter_id: z.string().optional(),
    currency: z.string(),
    tariffs: z.array(z.looseObject({ id: z.string() })),
    charging_periods: z.array(chargingPeriodView),
    total_cost: priceView.optional().describe('Absent while the CDR is held without a price'),
    total_fixed_cost: priceView.optional(),
    total_energy: z.number().describe('kWh'),
    total_energy_cost: priceView.optional(),
    total_time: z.number().describe('hours'),
    total_time_cost: priceView.optional(),
    total_parking_time: z.number().optional().describe('hours'),
    total_parking_cost: priceView.optional(),
    total_reservation_cost: priceView.optional(),
    remark: z.string().optional(),
    credit: z.literal(true).optional().describe('Takes the CDR of credit_reference_id back'),
    credit_reference_id: z.string().optional(),
    signed_data: z
      .looseObject({
        encoding_method: z.string(),
        signed_values: z.array(
          z.object({ nature: z.string(), plain_data: z.string(), signed_data: z.string() }),
        ),
      })
      .optional(),
    last_updated: z.string(),
    partner_id: z.string(),
    station_id: z.string(),
    transaction_id: z.string(),
    hold: z.string().optional().describe('Why the CDR is held back'),
    hold_detail: z.string().optional(),
    doubt: z
      .string()
      .optional()
      .describe('It is sent at release_at in spite of this, unless it is corrected'),
    reason: z.string().optional().describe('Why the operator had it made or released'),
    replaces: z.string().optional().describe('Id of the CDR that this one corrects'),
    release_at: z.string(),
    created_at: z.string(),
    delivery: deliveryProgressView.optional(),
  })
  .meta({ id: 'Cdr' });

/** OCPI CDR with what the gateway knows about it. */
export function viewCdr(record: CdrRecord & { delivery?: Delivery }) {
  const { cdr } = record;
  return {
    ...cdr,
    charging_periods: cdr.charging_periods.map(viewChargingPeriod),
    total_energy: viewDecimal(cdr.total_energy),
    total_time: viewDecimal(cdr.total_time),
    ...(cdr.total_parking_time === undefined
      ? {}
      : { total_parking_time: viewDecimal(cdr.total_parking_time) }),
    ...costs(cdr),
    partner_id: record.partnerId,
    station_id: record.stationId,
    transaction_id: record.transactionId,
    ...given('hold', record.hold),
    ...given('hold_detail', record.holdDetail),
    ...given('doubt', record.doubt),
    ...given('reason', record.reason),
    ...given('replaces', record.replaces),
    release_at: isoTime(record.releaseAt),
    created_at: isoTime(record.createdAt),
    ...(record.delivery === undefined ? {} : { delivery: viewDeliveryProgress(record.delivery) }),
  };
}

function costs(
  cdr: Partial<Cdr> & UnpricedCdr,
): Partial<Record<(typeof COSTS)[number], z.output<typeof priceView>>> {
  const prices: [string, Price | undefined][] = COSTS.map((name) => [name, cdr[name]]);
  return Object.fromEntries(
    prices.flatMap(([name, price]) => (price === undefined ? [] : [[name, viewPrice(price)]])),
  );
}
