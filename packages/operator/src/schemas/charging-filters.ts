import type { CdrQuery, SessionQuery } from '@roambridge/core';
import { SESSION_STATUSES } from '@roambridge/domain';
import { z } from 'zod';
import { deliveryProgressView } from '../views/delivery.js';
import { given } from '../views/times.js';
import { dateTime } from './text.js';

const ofWhom = {
  station_id: z.string().min(1).max(255).exactOptional(),
  partner_id: z.string().min(1).max(64).exactOptional(),
};
const deliveryState = deliveryProgressView.shape.state;

export const sessionFilters = z.object({
  ...ofWhom,
  status: z.enum(SESSION_STATUSES).exactOptional(),
  delivery: deliveryState.exactOptional().describe('How far the partner was told'),
});

export const cdrFilters = z.object({
  ...ofWhom,
  delivery: z
    .enum([...deliveryState.options, 'held'])
    .exactOptional()
    .describe('How far the partner was told; held = a person must decide first'),
  released_from: dateTime.exactOptional(),
  released_to: dateTime.exactOptional().describe('Not included'),
});

export function sessionQuery({
  station_id,
  partner_id,
  ...same
}: z.output<typeof sessionFilters>): Omit<SessionQuery, 'limit' | 'cursor'> {
  return { ...same, ...given('stationId', station_id), ...given('partnerId', partner_id) };
}

export function cdrQuery({
  station_id,
  partner_id,
  released_from,
  released_to,
  ...same
}: z.output<typeof cdrFilters>): Omit<CdrQuery, 'limit' | 'cursor'> {
  return {
    ...same,
    ...given('stationId', station_id),
    ...given('partnerId', partner_id),
    ...(released_from === undefined ? {} : { releasedFrom: Date.parse(released_from) }),
    ...(released_to === undefined ? {} : { releasedTo: Date.parse(released_to) }),
  };
}
