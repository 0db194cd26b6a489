import type { FrameView } from '../api/views.js';

/** Texts of the frames of a station. */
export const FRAME_TEXTS = {
  none: 'No frame yet. Everything that this station says is shown here as it comes.',
  noneSuch: 'No frame matches; take a filter away to see others.',
  action: 'Only these actions, comma separated',
  verdict: 'Validation',
  verdicts: {
    '': 'all frames',
    odd: 'only with something odd',
    repaired: 'only repaired',
    quarantined: 'only kept apart',
    rejected: 'only rejected',
    malformed: 'only unreadable',
  },
  words: {
    ok: '✓ conforms to the schema',
    repaired: '! repaired, then used',
    quarantined: '! kept, not used',
    rejected: '✗ rejected',
    malformed: '✗ unreadable',
  } satisfies Record<FrameView['verdict'], string>,
  call: 'Asked',
  answer: 'Answered',
  alone: 'Said',
  noAnswer: 'no answer yet',
  found: 'Found and repaired',
  quirks: (ids: readonly string[]) => `known quirks: ${ids.join(', ')}`,
  shown: (pairs: number, frames: number) =>
    `${frames} frames, ${pairs} rows; answers stand with what they answer`,
  lines: 'Export (JSON lines)',
  table: 'Export (CSV)',
  older: 'older frames',
} as const;
