import type { Command, Trace, TraceEntry, TransactionEventRecord } from '@roambridge/core';
import { z } from 'zod';
import { attentionView, viewAttention } from './attention.js';
import { cdrView, viewCdr } from './cdr.js';
import { deliveryView, viewDelivery } from './delivery.js';
import { exchangeView, viewExchange } from './exchange.js';
import { frameView, viewFrame } from './frame.js';
import { sessionView, viewSession } from './session.js';
import { given, isoTime } from './times.js';
import { transactionView, viewTransaction } from './transaction.js';

const decisionView = z.object({
  event: z.enum(['Started', 'Updated', 'Ended']),
  trigger_reason: z.string().optional(),
  partner_id: z.string().optional().describe('Whose token was accepted'),
  auth_method: z.string().optional(),
  authorization_reference: z.string().optional(),
  command_id: z.string().optional(),
  refused: z.boolean().optional(),
  flags: z.array(z.string()).optional(),
});

const commandView = z.object({
  id: z.string(),
  partner_id: z.string(),
  command: z.string(),
  station_id: z.string(),
  state: z.string(),
  result: z.string().optional(),
  correlation_id: z.string(),
  transaction_id: z.string().optional(),
});

const at = z.string();

export const traceView = z
  .object({
    correlation_id: z.string(),
    transaction: transactionView.optional(),
    entries: z.array(
      z.discriminatedUnion('kind', [
        z.object({ at, kind: z.literal('frame'), frame: frameView }),
        z.object({ at, kind: z.literal('decision'), decision: decisionView }),
        z.object({ at, kind: z.literal('command'), command: commandView }),
        z.object({ at, kind: z.literal('session'), session: sessionView }),
        z.object({ at, kind: z.literal('cdr'), cdr: cdrView }),
        z.object({ at, kind: z.literal('delivery'), delivery: deliveryView }),
        z.object({ at, kind: z.literal('exchange'), exchange: exchangeView }),
        z.object({ at, kind: z.literal('attention'), attention: attentionView }),
      ]),
    ),
    truncated: z.boolean().describe('There are more frames or exchanges than a timeline shows'),
  })
  .meta({ id: 'Trace' });

/** One timeline. */
export function viewTrace(correlationId: string, { transaction, entries, truncated }: Trace) {
  return {
    correlation_id: correlationId,
    ...(transaction ? { transaction: viewTransaction(transaction) } : {}),
    entries: entries.map((entry) => ({ at: isoTime(entry.at), kind: entry.kind, ...viewEntry(entry) })),
    truncated,
  };
}

function viewEntry(entry: TraceEntry): Record<string, unknown> {
  switch (entry.kind) {
    case 'frame':
      return { frame: viewFrame(entry.frame) };
    case 'decision':
      return { decision: viewDecision(entry.event) };
    case 'command':
      return { command: viewCommand(entry.command) };
    case 'session': {
      const { session, partnerId, stationId } = entry.session;
      return { session: viewSession({ ...session, partner_id: partnerId, station_id: stationId }) };
    }
    case 'cdr':
      return { cdr: viewCdr(entry.cdr) };
    case 'delivery':
      return { delivery: viewDelivery(entry.delivery) };
    case 'exchange':
      return { exchange: viewExchange(entry.exchange) };
    case 'attention':
      return { attention: viewAttention(entry.attention) };
  }
}

const grant = z.object({
  partnerId: z.string().optional(),
  authMethod: z.string().optional(),
  authorizationReference: z.string().optional(),
  commandId: z.string().optional(),
});

const context = z.object({
  grant: grant.optional(),
  refused: z.boolean().optional(),
  flags: z.array(z.string()).optional(),
});

function viewDecision(record: TransactionEventRecord): z.output<typeof decisionView> {
  const decided = context.safeParse(record.context).data;
  return {
    event: record.event.eventType,
    ...given('trigger_reason', record.event.triggerReason),
    ...given('partner_id', decided?.grant?.partnerId),
    ...given('auth_method', decided?.grant?.authMethod),
    ...given('authorization_reference', decided?.grant?.authorizationReference),
    ...given('command_id', decided?.grant?.commandId),
    ...given('refused', decided?.refused),
    ...given('flags', decided?.flags),
  };
}

function viewCommand(command: Command): z.output<typeof commandView> {
  return {
    id: command.id,
    partner_id: command.partnerId,
    command: command.kind,
    station_id: command.stationId,
    state: command.state,
    ...given('result', command.result),
    correlation_id: command.correlationId,
    ...given('transaction_id', command.transactionId),
  };
}
