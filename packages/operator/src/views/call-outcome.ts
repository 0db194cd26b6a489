import type { CallOutcome, SchemaViolation } from '@roambridge/core';
import { z } from 'zod';
import { Problem } from '../routing/problem.js';

export const callOutcomeView = z
  .object({
    message_id: z.string().nullable().describe('null when nothing was sent'),
    outcome: z.enum(['result', 'error', 'timeout', 'not_connected']),
    payload: z.record(z.string(), z.unknown()).optional(),
    error: z.object({ code: z.string(), description: z.string() }).optional(),
  })
  .meta({ id: 'CallOutcome' });

/**
 * How a call to a charger ended, as the operator sees it.
 * @throws {Problem} 422 when the payload breaks the schema or the station's protocol has no such action.
 */
export function viewCallOutcome(
  action: string,
  outcome: CallOutcome | SchemaViolation,
): z.output<typeof callOutcomeView> {
  switch (outcome.kind) {
    case 'result':
      return { message_id: outcome.messageId, outcome: 'result', payload: outcome.payload };
    case 'error': {
      const { messageId, code, description } = outcome;
      return { message_id: messageId, outcome: 'error', error: { code, description } };
    }
    case 'timeout':
      return { message_id: outcome.messageId, outcome: 'timeout' };
    case 'lost': {
      const description =
        'The connection was lost before the answer; whether the station acted is not known.';
      return {
        message_id: outcome.messageId,
        outcome: 'error',
        error: { code: 'ConnectionLost', description },
      };
    }
    case 'not-connected':
      return { message_id: null, outcome: 'not_connected' };
    case 'not-supported':
      throw new Problem(
        'invalid-request',
        `The protocol of the station has no action ${action} that a CSMS sends.`,
        [{ pointer: '/action', detail: 'is not an action of the protocol of this station', in: 'path' }],
      );
    case 'invalid': {
      const errors = outcome.violations.map(({ pointer, message }) => ({ pointer, detail: message }));
      throw new Problem('invalid-request', `The payload breaks the schema of ${action}.`, errors);
    }
  }
}
