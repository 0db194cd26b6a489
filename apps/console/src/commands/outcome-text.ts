import type { CallOutcomeView } from '../api/views.js';
import { statusIn } from '../frames/pairs.js';
import { TEXTS, type Tone } from '../texts.js';

/** What became of a command, for the person who gave it. */
export function outcomeText({ outcome, payload, error }: CallOutcomeView): string {
  const what = TEXTS.command.outcome[outcome];
  if (outcome === 'error') return `${what}: ${error?.code ?? ''} ${error?.description ?? ''}`.trim();
  if (outcome !== 'result') return what;
  const { status } = payload ?? {};
  if (typeof status === 'string' && Object.keys(payload ?? {}).length === 1) return status;
  return Object.keys(payload ?? {}).length === 0 ? what : JSON.stringify(payload);
}

/** Words by which chargers say that they did not do it. */
const REFUSING =
  /reject|notsupported|unknown|fail|fault|notimplemented|invalid|error|occupied|unavailable|notfound|nolist|mismatch|nocharging|ongoing/i;
const DONE = /^(accepted|unlocked|cleared|installed|acceptedcanceled|noconflict)/i;

/** How the word of a charger is meant. */
export function toneOfStatus(status: string | undefined): Tone {
  if (status === undefined) return 'quiet';
  if (REFUSING.test(status)) return 'bad';
  return DONE.test(status) ? 'good' : 'waiting';
}

const MARKS = { good: '✓', busy: '…', waiting: '!', quiet: '·', bad: '✗' } satisfies Record<Tone, string>;

/** A sign that says the same as the tone, for those who do not see colours. */
export const markOf = (tone: Tone): string => MARKS[tone];

export function toneOfOutcome({ outcome, payload }: CallOutcomeView): Tone {
  if (outcome !== 'result') return outcome === 'timeout' ? 'waiting' : 'bad';
  const status = statusIn(payload);
  return status === undefined ? 'good' : toneOfStatus(status);
}
