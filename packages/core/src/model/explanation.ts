import type { ExplainedBill, Unpriceable } from '@roambridge/domain';
import type { CheckedReading } from '../signed-data/check-readings.js';
import type { FrameRecord } from './journal.js';
import type { CdrRecord } from './session.js';
import type { TransactionEventRecord } from './transaction.js';

/** How a CDR came about: every amount with the tariff, periods, readings and frames that it goes back to. */
export interface CdrExplanation {
  /** The CDR that is explained: for a credit the one that it takes back. */
  record: CdrRecord;
  creditId?: string;
  /** Absent when the record of the transaction is not kept any more. */
  bill?: ExplainedBill;
  /** Why there is no price. */
  unpriceable?: Unpriceable | 'NO_TARIFF';
  /** The lines add up to the total of the CDR. */
  addsUp: boolean;
  /** The events of the transaction, each with the frame that brought it where that is still kept. */
  events: (TransactionEventRecord & { frame?: FrameRecord & { id: string } })[];
  signed: CheckedReading[];
}
