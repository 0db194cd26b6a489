import type { Delivery } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

const progress = {
  id: z.string(),
  state: z.enum(['pending', 'acknowledged', 'parked', 'discarded']),
  attempts: z.int(),
  due_at: z.string(),
  acknowledged_at: z.string().optional(),
  remote_url: z.string().optional(),
  last_error: z.string().optional(),
};

export const deliveryProgressView = z.object(progress).meta({ id: 'DeliveryProgress' });

export const deliveryView = z
  .object({
    partner_id: z.string(),
    kind: z.enum([
      'location',
      'evse',
      'tariff',
      'session',
      'cdr',
      'command-result',
      'charging-profile',
      'invoice',
    ]),
    key: z.string(),
    version: z.int(),
    told_version: z.int(),
    ...progress,
  })
  .meta({ id: 'Delivery' });

/** How far a partner has been told of an object. */
export function viewDeliveryProgress(delivery: Delivery): z.output<typeof deliveryProgressView> {
  return {
    id: delivery.id,
    state: delivery.state,
    attempts: delivery.attempts,
    due_at: isoTime(delivery.dueAt),
    ...(delivery.acknowledgedAt === undefined ? {} : { acknowledged_at: isoTime(delivery.acknowledgedAt) }),
    ...given('remote_url', delivery.remoteUrl),
    ...given('last_error', delivery.lastError),
  };
}

/** What a partner still has to be told, or was told last. */
export function viewDelivery(delivery: Delivery): z.output<typeof deliveryView> {
  return {
    partner_id: delivery.partnerId,
    kind: delivery.kind,
    key: delivery.key,
    version: delivery.version,
    told_version: delivery.toldVersion,
    ...viewDeliveryProgress(delivery),
  };
}
