import type { ExchangeRecord, RawExchange } from '../model/exchange.js';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Store } from '../ports/store.js';
import { redacted, shortened } from './redact-exchange.js';

/** Exchanges that may wait to be written; more than that are not kept, and counted. */
const MAX_WAITING = 4_000;
/** Rows of one statement. */
const MAX_ROWS = 1_000;
/** Time in which exchanges are collected. */
const FLUSH_MS = 1_000;

/**
 * The HTTP journal. Whoever speaks HTTP drops an exchange here and goes on: it is cut, collected, and written with
 * others in one statement. Nothing waits for it, and what the database cannot take in time is lost, never a message.
 */
export interface ExchangeJournal {
  note(partner: Partner, raw: RawExchange): void;
  /** Resolves when what was noted before is written. */
  flush(): Promise<void>;
  /** Exchanges that were not kept since the start. */
  dropped(): number;
}

export function createExchangeJournal(options: {
  store: Pick<Store, 'exchanges'>;
  clock: Clock;
  log: Log;
}): ExchangeJournal {
  const { store, clock, log } = options;
  const waiting: { partner: Partner; record: Omit<ExchangeRecord, 'partnerId'> }[] = [];
  let scheduled = false;
  let writing: Promise<void> = Promise.resolve();
  let dropped = 0;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_ROWS);
      try {
        await store.exchanges.append(batch.map(({ partner, record }) => redacted(partner, record)));
      } catch (error) {
        dropped += batch.length;
        log.warn({ err: error, exchanges: batch.length }, 'exchanges with partners could not be kept');
      }
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(writeAll);
    return writing;
  }

  return {
    note(partner, raw) {
      if (waiting.length >= MAX_WAITING) {
        dropped += 1;
        return;
      }
      waiting.push({ partner, record: shortened(raw) });
      if (scheduled) return;
      scheduled = true;
      clock.after(FLUSH_MS, () => {
        scheduled = false;
        void flush();
      });
    },
    flush,
    dropped: () => dropped,
  };
}
