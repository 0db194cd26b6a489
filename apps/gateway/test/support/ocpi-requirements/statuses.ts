import { shownBy } from '../shown.js';
import {
  AUTHENTICATE,
  AUTHORIZE,
  COMMANDS,
  CREDENTIALS,
  LOCATIONS,
  OUTGOING,
  PAGINATION,
  PARTNER_LINK,
  PROFILES,
  ROUTING,
  SERVE,
  TOKENS,
} from './files.js';
import { may, must, ours, type Section, should } from './requirement.js';

const written = shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)');
const named = shownBy(TOKENS, 'what is missing or wrong is named (ST-08, ST-09, TY-05)');
const registration = shownBy(CREDENTIALS, 'a partner registers, reads, renews and ends its registration');

/** What HTTP says, and what the status code says. */
export const STATUSES: Section = {
  title: 'Status codes',
  prefix: 'ST',
  requirements: {
    'ST-01': must(
      'all',
      'no token that is known, or that of a registration at a module: 401',
      shownBy(AUTHENTICATE, '%s is answered with HTTP 401 (ST-01)'),
      shownBy(AUTHENTICATE, 'TOKEN_A opens versions and credentials and nothing else (TR-011)'),
    ),
    'ST-02': must(
      'all',
      'a body that is not JSON: 400',
      shownBy(SERVE, 'a body that is not JSON, too deep or too large is an HTTP error with 2001 (ST-02)'),
    ),
    'ST-03': must(
      'all',
      'a path that is not offered: 404',
      shownBy(SERVE, 'a path, a version or a module that is not offered is HTTP 404 (ST-03)'),
    ),
    'ST-04': should(
      'all',
      'an object that is not there: 404 with 2003, 2004 or 2001',
      shownBy(LOCATIONS, 'what is not there is HTTP 404 with 2003 (ST-04)'),
      shownBy(TOKENS, 'an unknown token is HTTP 404 for GET and PATCH (ST-04, ST-07)'),
    ),
    'ST-05': should('all', 'something new: 201', written),
    'ST-06': should('all', 'something that was there: 200', written),
    'ST-07': should(
      'all',
      'a PATCH of what we do not have: 404',
      shownBy(TOKENS, 'an unknown token is HTTP 404 for GET and PATCH (ST-04, ST-07)'),
    ),
    'ST-08': must(
      'all',
      'a member that is missing or wrong: 200 with 2001, and it is named',
      named,
      shownBy(COMMANDS, 'what is missing or wrong is named (CO-13, ST-08)'),
      shownBy(PROFILES, 'what is missing or wrong is named (CP-01, ST-08)'),
    ),
    'ST-09': should('all', 'URL and body with different ids: 200 with 2001', named),
    'ST-10': must(
      'all',
      'a PATCH without its time: 200 with 2001, in 2.1.1 it is taken',
      shownBy(TOKENS, 'needs last_updated from 2.2 on (ST-10)'),
    ),
    'ST-11': may(
      'all',
      'a party in the URL that is not the caller’s: 404',
      shownBy(TOKENS, 'a party that is not of the connection is HTTP 404 (ST-11)'),
    ),
    'ST-12': ours(
      'all',
      'a method that the interface does not have: 405',
      shownBy(SERVE, 'a method that the interface does not have is HTTP 405 and names the others (ST-12)'),
    ),
    'ST-13': must('all', 'credentials in the wrong state: 405', registration),
    'ST-14': must(
      'all',
      'the partner cannot be called back: 3001',
      shownBy(CREDENTIALS, 'nothing is stored when the partner %s (CR-16: 3001)'),
      shownBy(CREDENTIALS, 'a partner that hangs or is down is 3001 (CR-16)'),
    ),
    'ST-15': ours(
      'all',
      'the partner does not have the version of the endpoint: 3002',
      shownBy(CREDENTIALS, 'a version that the partner does not list is 3002 (CR-17)'),
    ),
    'ST-16': must(
      'all',
      'endpoints that are needed are missing: 3003',
      shownBy(CREDENTIALS, 'a partner without a credentials endpoint is 3003 (CR-18)'),
    ),
    'ST-17': ours(
      'all',
      'a bad parameter, or sessions without date_from: 200 with 2001',
      shownBy(PAGINATION, '%s is refused and named (PG-12, ST-17)'),
      shownBy(PAGINATION, 'sessions are listed with date_from only (SE-01)'),
    ),
    'ST-18': must(
      'all',
      'a failure of our own: 200 with 3000',
      shownBy(SERVE, 'our own failure is HTTP 200 with 3000 and reveals nothing (ST-18)'),
    ),
    'ST-19': must(
      'all',
      'a command for an unknown location: 200 with 2003, and REJECTED',
      shownBy(COMMANDS, 'an unknown location is 2003 beside REJECTED (ST-19)'),
    ),
    'ST-20': ours(
      'all',
      'a command for an unknown session: 1000 with UNKNOWN_SESSION',
      shownBy(COMMANDS, 'STOP_SESSION of an unknown session is 1000 with UNKNOWN_SESSION (ST-20)'),
    ),
    'ST-21': must(
      '2.2.1+',
      'preferences for an EVSE that takes none: 404 with 2001',
      shownBy(PROFILES, "['not-capable', 'SE-31']"),
    ),
    'ST-22': ours(
      '2.2.1+',
      'a message for a party that is none of ours: 200 with 2001',
      shownBy(ROUTING, 'a request to a party that is not ours is refused (ST-22)'),
    ),
    'ST-30': must(
      'all',
      'told is what has HTTP 2xx and a status code 1xxx',
      shownBy(PARTNER_LINK, 'HTTP 200 with 2xxx is a refusal, also HTTP 4xx (ST-30, trap 4)'),
      shownBy(OUTGOING, 'what a failure says in its data counts for nothing (TR-042, ST-30)'),
    ),
    'ST-31': must(
      '2.2.1+',
      'an unknown token is 404 or 2004 or both',
      shownBy(AUTHORIZE, 'HTTP %i with status %i is an unknown token (TO-23)'),
    ),
    'ST-32': ours(
      'all',
      'an answer without an envelope is a failure',
      shownBy(PARTNER_LINK, 'HTML, an empty body or an envelope without status is no answer (ST-32)'),
    ),
  },
};
