import type { Mix } from '../load/messages.js';
import type { SubjectName } from '../run/subject.js';

/** Shares of raw `ws` in the same run, 0..1: what must be reached, and what is aimed for. */
export interface Bar {
  first: number;
  goal: number;
}

const SESSIONS_ON_POSTGRESQL: Bar = { first: 0.1, goal: 0.24 };
const SESSIONS_ON_PGLITE: Bar = { first: 0.08, goal: 0.18 };

const BARS: Record<SubjectName, Partial<Record<Mix, Bar>>> = {
  'raw ws': {},
  PostgreSQL: {
    heartbeat: { first: 0.6, goal: 0.9 },
    status: { first: 0.2, goal: 0.45 },
    tx16: SESSIONS_ON_POSTGRESQL,
    tx201: SESSIONS_ON_POSTGRESQL,
  },
  PGlite: { tx16: SESSIONS_ON_PGLITE, tx201: SESSIONS_ON_PGLITE },
};

/** Multiples of raw `ws` in the same run that must not be exceeded. */
export const MEMORY_BAR: Bar = { first: 4, goal: 2 };
export const RECONNECT_BAR: Bar = { first: 5, goal: 2 };

/** Multiples of what stands beside them in the table. */
export const TOLD_BAR: Bar = { first: 4, goal: 1.5 };
export const START_BAR: Bar = { first: 4, goal: 1.5 };
export const FAN_OUT_BAR: Bar = { first: 5, goal: 2 };
export const GROWTH_BAR: Bar = { first: 2, goal: 1.2 };
export const PAGING_BAR: Bar = { first: 2, goal: 1.1 };

export function barOf(server: SubjectName, mix: Mix): Bar | undefined {
  return BARS[server][mix];
}
