import type { FrameView } from '../api/views.js';
import type { Finding } from './finding.js';

const ASKS = new Set(['Authorize', 'StartTransaction', 'TransactionEvent']);

const REASONS: Readonly<Record<string, { what: string; next: string }>> = {
  Blocked: {
    what: 'the last card is blocked',
    next: 'Its provider has blocked it: the driver asks the provider.',
  },
  ConcurrentTx: {
    what: 'the last card is charging already',
    next: 'Stop the other transaction of this card first.',
  },
  Expired: { what: 'the last card has expired', next: 'The driver needs a newer card.' },
  Invalid: {
    what: 'nobody knows the last card',
    next: 'Check under Partners whether its provider has sent its cards, or add the card as one of your own.',
  },
  Unknown: {
    what: 'nobody knows the last card',
    next: 'Check under Partners whether its provider has sent its cards, or add the card as one of your own.',
  },
  NoCredit: { what: 'the last card has no credit', next: 'The driver asks the provider.' },
  NotAllowedTypeEVSE: {
    what: 'the last card is not for this kind of charger',
    next: 'The driver asks the provider.',
  },
  NotAtThisLocation: { what: 'the last card is not for this place', next: 'The driver asks the provider.' },
  NotAtThisTime: { what: 'the last card is not for this hour', next: 'The driver asks the provider.' },
};

/** Whether the newest card was refused; frames come newest first. */
export function refusedToken(frames: readonly FrameView[]): Finding | undefined {
  for (const { direction, message_type: type, action, raw } of frames) {
    if (direction !== 'out' || type !== 3 || action === null || !ASKS.has(action)) continue;
    const status = /"(?:idTagInfo|idTokenInfo)":\{[^}]*"status":"(\w+)"/.exec(raw)?.[1];
    if (status === undefined) continue;
    const reason = REASONS[status];
    return reason && { tone: 'bad', ...reason };
  }
  return undefined;
}
