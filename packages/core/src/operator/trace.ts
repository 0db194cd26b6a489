import type { Command } from '../model/command.js';
import type { Delivery, DeliveryKind } from '../model/delivery.js';
import type { Trace, TraceEntry } from '../model/trace.js';
import type { TransactionEventRecord, TransactionRecord } from '../model/transaction.js';
import type { Store } from '../ports/store.js';

/** Frames, and exchanges, that a timeline shows at most, the newest. */
const MAX_FRAMES = 2_000;
const MAX_EXCHANGES = 500;

/**
 * Everything that is known by a correlation id, in the order of time: a transaction, or a command or call and what
 * followed from it. The ids of a session and of a CDR lead to their transaction. Undefined = nothing is known.
 */
export async function traceOf(store: Store, id: string): Promise<Trace | undefined> {
  const named = await store.commands.correlated(id);
  const transaction = await transactionOf(store, id, named);
  const transactionId = transaction?.id;
  const events = transactionId === undefined ? [] : await store.transactions.events(transactionId);
  const commands = await withCausingCommand(store, named, events);
  const correlationIds = [
    ...new Set([
      id,
      ...(transactionId ? [transactionId] : []),
      ...commands.map((each) => each.correlationId),
    ]),
  ];
  const frames = await store.frames.correlated(correlationIds, MAX_FRAMES + 1);
  const exchanges = await store.exchanges.correlated(correlationIds, MAX_EXCHANGES + 1);
  const sessions = transactionId === undefined ? [] : await store.sessions.ofTransaction(transactionId);
  const cdrs = (await Promise.all(sessions.map(({ session }) => store.cdrs.ofSession(session.id)))).flat();
  const told = await deliveriesOf(store, [
    ...sessions.map(({ partnerId, session }) => ({ partnerId, kind: 'session' as const, key: session.id })),
    ...cdrs.map(({ partnerId, cdr }) => ({ partnerId, kind: 'cdr' as const, key: cdr.id })),
    ...commands.map((command) => ({
      partnerId: command.partnerId,
      kind: 'command-result' as const,
      key: command.id,
    })),
  ]);
  const subjects = [
    id,
    ...correlationIds,
    ...sessions.map((s) => s.session.id),
    ...cdrs.map((c) => c.cdr.id),
  ];
  const attention = await store.attention.about([...new Set(subjects)]);
  const entries: TraceEntry[] = [
    ...frames
      .slice(0, MAX_FRAMES)
      .reverse()
      .map((frame) => ({ kind: 'frame' as const, at: frame.at, frame })),
    ...events
      .filter(({ context }) => context !== undefined && Object.keys(context).length > 0)
      .map((event) => ({ kind: 'decision' as const, at: event.event.receivedAt, event })),
    ...commands.map((command) => ({ kind: 'command' as const, at: command.createdAt, command })),
    ...sessions.map((session) => ({
      kind: 'session' as const,
      at: Date.parse(session.session.last_updated),
      session,
    })),
    ...cdrs.map((cdr) => ({ kind: 'cdr' as const, at: cdr.createdAt, cdr })),
    ...told.map((delivery) => ({
      kind: 'delivery' as const,
      at: delivery.acknowledgedAt ?? delivery.dueAt,
      delivery,
    })),
    ...exchanges
      .slice(0, MAX_EXCHANGES)
      .reverse()
      .map((exchange) => ({ kind: 'exchange' as const, at: exchange.at, exchange })),
    ...attention.map((entry) => ({ kind: 'attention' as const, at: entry.createdAt, attention: entry })),
  ];
  if (entries.length === 0 && !transaction) return undefined;
  entries.sort((a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return {
    ...(transaction ? { transaction } : {}),
    entries,
    truncated: frames.length > MAX_FRAMES || exchanges.length > MAX_EXCHANGES,
  };
}

/** Within one millisecond: what came in, what was decided, what followed. */
const ORDER = ['command', 'frame', 'decision', 'session', 'cdr', 'attention', 'exchange', 'delivery'];

async function transactionOf(
  store: Store,
  id: string,
  commands: readonly Command[],
): Promise<TransactionRecord | undefined> {
  const known = await store.transactions.get(id);
  if (known) return known;
  const [session, cdr] = await Promise.all([store.sessions.get(id), store.cdrs.get(id)]);
  const led =
    session?.transactionId ?? cdr?.transactionId ?? commands.find((c) => c.transactionId)?.transactionId;
  return led === undefined ? undefined : store.transactions.get(led);
}

/** The commands that are named, and the one that started the transaction. */
async function withCausingCommand(
  store: Store,
  named: readonly Command[],
  events: readonly TransactionEventRecord[],
): Promise<Command[]> {
  const causes = new Set<string>();
  for (const { context } of events) {
    const grant = context?.grant as { commandId?: string } | undefined;
    if (grant?.commandId !== undefined) causes.add(grant.commandId);
  }
  for (const { id } of named) causes.delete(id);
  const found = await Promise.all([...causes].map((id) => store.commands.get(id)));
  return [...named, ...found.filter((command) => command !== undefined)];
}

async function deliveriesOf(
  store: Store,
  objects: readonly { partnerId: string; kind: DeliveryKind; key: string }[],
): Promise<Delivery[]> {
  const found = await Promise.all(
    objects.map(({ partnerId, kind, key }) => store.deliveries.get(partnerId, kind, key)),
  );
  return found.filter((delivery) => delivery !== undefined);
}
