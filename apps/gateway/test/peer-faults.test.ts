import { describe, expect, test } from '@jest/globals';
import { PEER_FAULTS } from './support/peer-faults.js';
import { notThere } from './support/shown.js';

describe('what others get wrong in this translation has a test here', () => {
  test.each(Object.entries(PEER_FAULTS).map(([id, fault]) => [id, fault.fault, fault] as const))(
    '%s %s',
    (_id, _fault, { shown }) => {
      expect(shown.length).toBeGreaterThan(0);
      expect(notThere(shown)).toEqual([]);
    },
  );
});
