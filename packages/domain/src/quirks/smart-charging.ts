import type { Quirk } from './quirk.js';

/** What chargers do with limits. */
export const SMART_CHARGING_QUIRKS = {
  'Q-80': {
    does: 'accepts a charging profile and does not follow it',
    handled: 'what it takes is compared with the limit, and the operator is told',
    seenAt: 'go-e, Heidelberg',
  },
  'Q-81': {
    does: 'refuses limits below 6 A',
    handled: 'is told 6 A in place of less, but 0 stays 0',
    seenAt: 'ABB',
    switch: 'min_limit_a',
  },
  'Q-82': {
    does: 'takes only whole amperes, a number of phases, or absolute times',
    handled: 'profiles are written in the form that it takes',
    seenAt: 'several',
    switch: 'integer_limits, force_number_phases, absolute_profiles',
  },
} as const satisfies Record<string, Quirk>;
