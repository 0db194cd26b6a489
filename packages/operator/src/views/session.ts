import type { SessionView } from '@roambridge/core';
import { SESSION_STATUSES } from '@roambridge/domain';
import { z } from 'zod';
import { deliveryProgressView, viewDeliveryProgress } from './delivery.js';
import { chargingPeriodView, priceView, viewChargingPeriod, viewDecimal, viewPrice } from './money.js';

export const cdrTokenView = z.object({
  country_code: z.string(),
  party_id: z.string(),
  uid: z.string(),
  type: z.string(),
  contract_id: z.string(),
});

export const sessionView = z
  .object({
    country_code: z.string(),
    party_id: z.string(),
    id: z.string(),
    start_date_time: z.string(),
    end_date_time: z.string().optional(),
    kwh: z.number(),
    cdr_token: cdrTokenView,
    auth_method: z.enum(['AUTH_REQUEST', 'WHITELIST', 'COMMAND']),
    authorization_reference: z.string().optional(),
    location_id: z.string(),
    evse_uid: z.string(),
    connector_id: z.string(),
    meter_id: z.string().optional(),
    currency: z.string(),
    charging_periods: z.array(chargingPeriodView),
    total_cost: priceView.optional(),
    status: z.enum(SESSION_STATUSES),
    last_updated: z.string(),
    partner_id: z.string(),
    station_id: z.string(),
    delivery: deliveryProgressView.optional(),
  })
  .meta({ id: 'Session' });

/** OCPI Session with the partner that is told of it and the station. */
export function viewSession({ delivery, ...session }: SessionView) {
  return {
    ...session,
    ...(delivery === undefined ? {} : { delivery: viewDeliveryProgress(delivery) }),
    kwh: viewDecimal(session.kwh),
    charging_periods: session.charging_periods.map(viewChargingPeriod),
    ...(session.total_cost === undefined ? {} : { total_cost: viewPrice(session.total_cost) }),
  };
}
