import type { Tone } from '../texts.js';

/** One reason why a charger does not charge, in plain words. */
export interface Finding {
  tone: Extract<Tone, 'bad' | 'waiting'>;
  what: string;
  /** What the person at the charger does about it. */
  next: string;
}
