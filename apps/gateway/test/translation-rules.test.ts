import { describe, expect, test } from '@jest/globals';
import { CDR_RULES, SESSION_RULES } from './support/session-rules.js';
import { notThere } from './support/shown.js';
import { STATUS_RULES, TOKEN_RULES } from './support/translation-rules.js';

describe.each([
  ['statuses', STATUS_RULES],
  ['sessions', SESSION_RULES],
  ['CDRs', CDR_RULES],
  ['tokens', TOKEN_RULES],
])('the rules of %s are shown by vectors and tests', (_what, rules) => {
  test.each(Object.entries(rules).map(([id, rule]) => [id, rule.rule, rule] as const))(
    '%s %s',
    (_id, _rule, { shown }) => {
      expect(shown.length).toBeGreaterThan(0);
      expect(notThere(shown)).toEqual([]);
    },
  );
});
