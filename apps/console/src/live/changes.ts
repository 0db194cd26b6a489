/** Topics of the live feed that pages follow. */
export const TOPICS = [
  'station',
  'transaction',
  'session',
  'cdr',
  'delivery',
  'partner',
  'location',
  'attention',
  'unknown-station',
] as const;

export type Topic = (typeof TOPICS)[number] | 'frame';

/** Something changed; `all` = a change may have been missed, read everything again. */
export interface Change {
  topic: Topic | 'all';
  stationId?: string;
}

type Listener = (change: Change) => void;

const listeners = new Set<Listener>();

export function announce(change: Change): void {
  for (const listener of listeners) listener(change);
}

/** Returns what ends it. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
