import { shownBy, vector } from '../shown.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const ADAPTER = 'packages/ocpi/test/adapter.test.ts';
const LINK = 'packages/ocpi/test/partner-link.test.ts';
const PROFILES = 'packages/ocpi/test/charging-profiles.test.ts';
const PREFERENCES = vector('charging-preferences');

/** Sessions of which we are the owner, and the preferences of drivers. */
export const SESSIONS_MODULE: Section = {
  title: 'Sessions',
  prefix: 'SE',
  requirements: {
    'SE-01': must(
      'all',
      'sessions are listed, never without date_from; there is no interface for a single one',
      shownBy('packages/ocpi/test/pagination.test.ts', 'sessions are listed with date_from only (SE-01)'),
      shownBy('apps/gateway/test/pairs.test.ts', 'pulls exactly the sessions and CDRs that it was pushed'),
    ),
    'SE-02': must(
      'all',
      'a new session is a PUT, a change of it a PATCH, below the party at the receiver',
      shownBy(LINK, 'a session is a PUT, its progress a PATCH without charging periods (SE-02, SE-05)'),
      vector('G02'),
    ),
    'SE-03': must(
      '2.2.1+',
      'a session is told to the owner of its token and to nobody else',
      shownBy(LINK, 'of several parties the owner of the token is addressed (SE-03)'),
      shownBy('apps/gateway/test/hubs.test.ts', 'for the party of their token only (RT-05, HU-09)'),
      vector('G43'),
    ),
    'SE-04': must(
      'all',
      'a PUT replaces all that the partner has, and a PATCH goes to the session as a whole',
      vector('G02'),
      vector('price-by-the-clock'),
      shownBy(ADAPTER, '%s have exactly the members of the version (MP-01 to MP-10)'),
    ),
    'SE-05': must(
      '2.2.1+',
      'charging periods in a PATCH would be appended: ours have none, and always a last_updated',
      shownBy(LINK, 'a session is a PUT, its progress a PATCH without charging periods (SE-02, SE-05)'),
    ),
    'SE-06': must(
      'all',
      'a session that is COMPLETED never changes; energy, cost and end are final with it',
      shownBy('simulators/emsp/test/emsp.test.ts', 'COMPLETED is final (ME-04, SE-06)'),
      vector('G24'),
      vector('G02'),
    ),
    'SE-07': must(
      'all',
      'from PENDING to ACTIVE to COMPLETED; INVALID is what will not be billed',
      vector('G07'),
      vector('G12'),
      vector('G36b'),
    ),
    'SE-08': must(
      '2.2.1+',
      'a reservation is a session of status RESERVATION, which becomes ACTIVE or is over unused',
      vector('G28'),
      vector('G29a'),
      vector('G29f'),
    ),
    'SE-09': must(
      '2.2.1+',
      'a session begins anew when it becomes ACTIVE, and says so',
      vector('G28'),
      vector('G07'),
    ),
    'SE-10': must('2.2.1+', 'its end is that of parking, not of the flow of energy', vector('G02')),
    'SE-11': must(
      '2.2.1+',
      'EVSE and connector are always named: a reservation is only taken for an EVSE',
      shownBy(
        'packages/core/test/commands.test.ts',
        'takes one that can be reserved, under a number of ours',
      ),
      vector('G28'),
    ),
    'SE-12': must(
      '2.1.1',
      'other names, the contract instead of the token, and the location with nothing but the EVSE in use',
      shownBy(ADAPTER, '%s have exactly the members of the version (MP-01 to MP-10)'),
      vector('shared-evse'),
    ),
    'SE-13': must(
      'all',
      'no total_cost is no knowledge, 0 is free; the currency is always there',
      shownBy(ADAPTER, 'a cost that is not known is left out, never zero (SE-13)'),
      shownBy('packages/domain/test/running-cost.test.ts', '(SE-13, D3-003)'),
      vector('no-tariff'),
    ),
    'SE-14': must(
      '2.2.1+',
      'the reference of the authorization or of the command, the last one that was given',
      vector('G03'),
      vector('G07'),
      vector('G28'),
    ),
    'SE-15': must(
      'all',
      'auth_method tells how the token was allowed; after a reservation it may change',
      vector('G02'),
      vector('G03'),
      vector('G07'),
      vector('G28'),
    ),
    'SE-16': ours(
      '2.1.1',
      'COMMAND is told as AUTH_REQUEST, reservations are no sessions',
      shownBy(ADAPTER, '2.1.1 does not get reservations as sessions (SE-16)'),
      vector('G07'),
    ),
    'SE-17': should(
      'all',
      'charging periods follow phases and prices, and are as short as the operator wants',
      vector('live-dimensions'),
      vector('price-by-the-clock'),
    ),
    'SE-18': must(
      '2.2.1+',
      'current, power, both directions of energy and the state of charge are for running sessions only',
      shownBy(ADAPTER, 'what only a running session may carry is in no CDR (CD-36, CD-39, SE-18, trap 34)'),
      shownBy('packages/domain/test/session-terms.test.ts', 'a finished one does not (D2-047)'),
    ),
    'SE-19': must(
      'all',
      'kWh, hours, A in all phases and kW',
      vector('G02'),
      vector('G21'),
      vector('live-dimensions'),
      shownBy('packages/domain/test/session-terms.test.ts', 'tells power, current and state of charge'),
    ),
    'SE-20': must(
      '2.2.1+',
      'the list is filtered by last_updated, from inclusive, to exclusive, and holds the sessions of the caller',
      shownBy(
        'packages/storage/test/partner-data.test.ts',
        'its own sessions, by creation and by last_updated',
      ),
      shownBy(
        'apps/gateway/test/hostile.test.ts',
        'a partner neither sees nor stops the sessions of another one',
      ),
    ),
    'SE-30': must(
      '2.2.1+',
      'preferences are put to our session, and answered with one word',
      shownBy(PROFILES, 'charging preferences are answered with one word (SE-30, SE-32)'),
      PREFERENCES,
    ),
    'SE-31': must(
      '2.2.1+',
      'an EVSE that takes none is HTTP 404 with 2001',
      shownBy(PROFILES, '%s is 404 with 2001 (%s)'),
    ),
    'SE-32': must('2.2.1+', 'the five words of the answer', PREFERENCES),
    'SE-33': must(
      '2.2.1+',
      'a profile that can be chosen has a tariff at the connector; one without is not supported',
      PREFERENCES,
    ),
    'SE-34': ours(
      '2.2.1+',
      'an unknown session or that of another eMSP is HTTP 404; one that is over NOT_POSSIBLE',
      shownBy(PROFILES, '%s is 404 with 2001 (%s)'),
      PREFERENCES,
    ),
    'SE-35': may(
      '2.2.1+',
      'the profile that a token has by default may count from the start',
      because(
        'A driver asks for a profile where it is wanted: a changed limit and price need a word of theirs.',
      ),
    ),
    'SE-36': must(
      '2.2.1+',
      'another profile may be another tariff: a new period names it, without a step_size in between',
      PREFERENCES,
      shownBy('packages/domain/test/changed-tariff.test.ts', 'rounds up to a step at its end only (TA-46)'),
    ),
  },
};
