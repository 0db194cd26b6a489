import type { ReportedEvent } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import type { Identified } from './identify.js';

/** Notes with the frame how its transaction was found, where its words alone did not tell (Q-41 .. Q-46). */
export function noteOddities(frame: FrameRecord, reported: ReportedEvent, found: Identified): void {
  noteOddity(frame, ...odditiesOf(reported, found));
}

/** Adds lines to what is odd about a frame, each once. */
export function noteOddity(frame: FrameRecord | undefined, ...lines: readonly string[]): void {
  if (!frame) return;
  for (const line of lines) if (!frame.anomalies.includes(line)) frame.anomalies.push(line);
}

function odditiesOf(reported: ReportedEvent, found: Identified): readonly string[] {
  switch (found.kind) {
    case 'repeated':
      return ['REPEATED'];
    case 'late':
      return reported.eventType === 'Ended' && reported.at === found.record.stoppedAt ? ['REPEATED'] : [];
    case 'open': {
      const { ocppTransactionId } = found.open.transaction;
      const named = reported.eventType !== 'Updated' || reported.ocppTransactionId === ocppTransactionId;
      return named ? found.flags : ['TRANSACTION_INFERRED', ...found.flags];
    }
    case 'new':
    case 'unassignable':
      return [];
  }
}
