import type { Response } from 'express';
import { OcpiRefusal, STATUS } from '../errors.js';

/** Requests of one partner that are answered at a time; more are to come again. */
const REQUESTS_AT_A_TIME = 64;
const COME_AGAIN_SECONDS = 1;
/** How long an answer may take to be read; a partner that reads slower than that loses the connection. */
const TAKEN_WITHIN_MS = 60_000;

export interface PartnerLimits {
  requestsAtATime?: number;
  /** Time that a partner has to read our answer, ms. */
  answerTakenMs?: number;
}

/** Bounds what one partner can hold of this process, whatever it does with its connections. */
export interface PartnerLoad {
  /** Counts a request until its answer was taken or the connection is gone. @throws OcpiRefusal with HTTP 429 */
  enter(partnerId: string, response: Response): void;
  /** The answer was sent: the rest is up to the partner, within its time. */
  await(response: Response): void;
}

export function createPartnerLoad({
  requestsAtATime = REQUESTS_AT_A_TIME,
  answerTakenMs = TAKEN_WITHIN_MS,
}: PartnerLimits): PartnerLoad {
  const underWay = new Map<string, number>();
  return {
    enter(partnerId, response) {
      const count = underWay.get(partnerId) ?? 0;
      if (count >= requestsAtATime) {
        throw new OcpiRefusal(429, STATUS.clientError, 'Too many requests at a time', {
          'Retry-After': String(COME_AGAIN_SECONDS),
        });
      }
      underWay.set(partnerId, count + 1);
      response.once('close', () => {
        const left = (underWay.get(partnerId) ?? 1) - 1;
        if (left > 0) underWay.set(partnerId, left);
        else underWay.delete(partnerId);
      });
    },
    await(response) {
      if (response.writableFinished || response.destroyed) return;
      const timer = setTimeout(() => response.destroy(), answerTakenMs);
      response.once('close', () => clearTimeout(timer));
    },
  };
}
