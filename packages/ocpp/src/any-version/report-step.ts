import { always, type Route } from '../routing.js';
import { readInteger, readText } from '../validation/read.js';

type Edge = Parameters<Route['answer']>[1]['edge'];
type Step = Parameters<Edge['reportJob']>[1];

/**
 * Message that tells a step of a job (B-010, B-011): `stepOf` reads the word of the charger. Without a word it is only
 * journaled.
 */
export function reportStep(stepOf: (status: string) => Omit<Step, 'status' | 'requestId'>): Route {
  return {
    messageClass: 'plain',
    repeatable: true,
    answersEmpty: always,
    async answer(payload, call) {
      const status = readText(payload, 'status', call);
      const requestId = readInteger(payload, 'requestId', call);
      if (status === undefined) await call.edge.journal(call.frame);
      else {
        const step = { ...stepOf(status), status, ...(requestId === undefined ? {} : { requestId }) };
        await call.edge.reportJob(call.stationId, step, call.frame);
      }
      return {};
    },
  };
}
