import { type Shown, shownBy } from '../shown.js';

/** Extensions of OCPI that this platform does not offer, by the prefix of their requirements, and why. */
export const OUTSIDE: Record<string, { title: string; reason: string; shown: Shown }> = {
  BK: {
    title: 'Bookings',
    reason:
      'An extension of 2.3.0 on top of its first edition, with calendars and terms that no charger knows. Reservations are made with RESERVE_NOW.',
    shown: shownBy(
      'packages/ocpi/test/versions.test.ts',
      '%s details name our role in each module (VE-04, VE-05)',
    ),
  },
  PY: {
    title: 'Payments',
    reason:
      'An extension of 2.3.0 for platforms of payment terminals. Drivers who pay at a terminal of the charger need none of it; their sessions are the operator’s own.',
    shown: shownBy(
      'packages/ocpi/test/versions.test.ts',
      '%s details name our role in each module (VE-04, VE-05)',
    ),
  },
};
