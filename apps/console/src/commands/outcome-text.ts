import type { CallOutcomeView } from '../api/views.js';
import { TEXTS } from '../texts.js';

/** What became of a command, for the person who gave it. */
export function outcomeText({ outcome, payload, error }: CallOutcomeView): string {
  const what = TEXTS.command.outcome[outcome];
  if (outcome === 'error') return `${what}: ${error?.code ?? ''} ${error?.description ?? ''}`.trim();
  if (outcome !== 'result') return what;
  const { status } = payload ?? {};
  if (typeof status === 'string' && Object.keys(payload ?? {}).length === 1) return status;
  return Object.keys(payload ?? {}).length === 0 ? what : JSON.stringify(payload);
}
