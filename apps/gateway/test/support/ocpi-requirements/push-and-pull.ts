import { shownBy } from '../shown.js';
import { AFTER_OUTAGE, HUBS, OUTAGE, PARTNER_LOCATIONS } from './files.js';
import { must, ours, type Section, should } from './requirement.js';

const pulled = shownBy(
  'apps/gateway/test/pairs.test.ts',
  'pulls exactly the sessions and CDRs that it was pushed',
);
const again = shownBy(
  AFTER_OUTAGE,
  'lists are read again after an outage, ours or the partner’s (OF-02, OF-04)',
);

export const PUSH_AND_PULL: Section = {
  title: 'Push, pull and outages',
  prefix: 'OF',
  requirements: {
    'OF-01': must('all', 'what is pushed can be pulled too', pulled),
    'OF-02': should('all', 'lists are read every few hours, not at the same moment', again),
    'OF-03': should(
      'all',
      'messages are not kept for later: an object is told as it is then',
      shownBy(OUTAGE, 'gets its last state and its CDR once, and delays nobody'),
    ),
    'OF-04': must('all', 'after an outage lists are read: ours by the partner, tokens by us', again, pulled),
    'OF-05': ours(
      'all',
      'after a failure the next message is the whole object',
      shownBy(OUTAGE, 'is told in full after the PATCH was answered 404 (D2-082, OF-05)'),
    ),
    'OF-06': ours(
      'all',
      'a CDR that was not taken is shown, and sent under its id until it is answered; a resync reads it at its URL',
      shownBy(
        'apps/gateway/test/partner-journal.test.ts',
        'a parked delivery is told when the operator says so',
      ),
      shownBy(OUTAGE, 'is sent the same CDR again (D3-031)'),
      shownBy('apps/gateway/test/partner-resync.test.ts', 'gets it again, and only that (R9)'),
    ),
    'OF-07': must(
      '2.2.1+',
      'nothing is sent to a party that its hub calls away',
      shownBy(HUBS, 'is sent nothing for a party that is offline; its CDR comes when it is back'),
    ),
    'OF-08': must(
      '2.2.1+',
      'last_updated is that of the object, pushed or pulled',
      shownBy(PARTNER_LOCATIONS, 'as new as it was pushed'),
      pulled,
    ),
  },
};
