import type { EpochMs } from '@roambridge/domain';
import type { CursorQuery } from '../ports/store.js';

export type Role = 'viewer' | 'field' | 'admin';

/** Who calls the operator API. */
export interface Principal {
  role: Role;
  /** The token, or the console session and the name that its sign-in link was made for. */
  name: string;
}

/** Something that somebody did by the operator API. Bodies are not kept, and so no secret is. */
export interface AuditRecord {
  at: EpochMs;
  actor: string;
  role: Role;
  /** Address of the network from which it came. */
  address: string;
  /** What was done, in words. */
  action: string;
  method: string;
  /** Path of the object below /api/v1, without a query. */
  path: string;
  /** HTTP status of the answer. */
  status: number;
  /** What came of it, where the status does not tell; kind of the problem when it was refused. */
  outcome: string | null;
}

/** Parts of texts are found ignoring case. */
export interface AuditQuery extends CursorQuery {
  actor?: string;
  path?: string;
  /** true = only what was refused or failed, false = only what was done. */
  failed?: boolean;
  from?: EpochMs;
  to?: EpochMs;
}
