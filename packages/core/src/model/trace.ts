import type { Command } from './command.js';
import type { Delivery } from './delivery.js';
import type { ExchangeRecord } from './exchange.js';
import type { FrameRecord } from './journal.js';
import type { AttentionRecord, CdrRecord, SessionRecord } from './session.js';
import type { TransactionEventRecord, TransactionRecord } from './transaction.js';

/** One entry of a timeline. */
export type TraceEntry = { at: number } & (
  | { kind: 'frame'; frame: FrameRecord & { id: string } }
  /** What was decided when an event came: who pays, what was odd. */
  | { kind: 'decision'; event: TransactionEventRecord }
  | { kind: 'command'; command: Command }
  | { kind: 'session'; session: SessionRecord }
  | { kind: 'cdr'; cdr: CdrRecord }
  | { kind: 'delivery'; delivery: Delivery }
  | { kind: 'exchange'; exchange: ExchangeRecord & { id: string } }
  | { kind: 'attention'; attention: AttentionRecord }
);

export interface Trace {
  transaction?: TransactionRecord;
  entries: TraceEntry[];
  /** There are more frames or exchanges than a timeline shows. */
  truncated: boolean;
}
