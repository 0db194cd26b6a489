import type { Authorizer } from '../authorization/authorizer.js';
import type { Committer } from '../committer.js';
import type { Feed } from '../feed.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import type { LateFactPorts } from '../settlement/late-facts.js';
import type { StatusPorts } from '../stations/publish-status.js';
import type { StatusWatch } from '../stations/status-watch.js';
import type { TransactionFollowUp } from './follow-up.js';
import type { OrphanWatch } from './orphan-watch.js';
import type { SessionPorts } from './plan-session.js';
import type { ShownCost } from './shown-cost.js';

/** What the recording of a transaction's events needs. */
export interface EventPorts extends SessionPorts, LateFactPorts, Omit<StatusPorts, 'settings'> {
  statusWatch: StatusWatch;
  store: Store;
  feed: Feed;
  settings: SessionPorts['settings'];
  committer: Committer;
  authorizer: Authorizer;
  partners: PartnerDirectory;
  clock: Clock;
  nextTransactionId: () => Promise<number>;
  followUp: TransactionFollowUp;
  shownCost: ShownCost;
  orphans: OrphanWatch;
}
