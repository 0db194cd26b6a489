import type { Clock } from '@roambridge/core';
import type { Json } from '@roambridge/domain';
import { STATUS } from '../errors.js';
import type { WireObject } from '../wire/project.js';
import type { Reply } from './exchange.js';

/** Body of every response (OCPI TR-040). `data` is left out where the reply defines none (TR-043). */
export function envelope(reply: Reply, clock: Clock): WireObject {
  const data: Json | undefined = reply.data;
  return {
    ...(data === undefined ? {} : { data }),
    status_code: reply.statusCode ?? STATUS.success,
    status_message: reply.statusMessage ?? 'Success',
    timestamp: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
  };
}
