import { shownBy } from '../shown.js';
import {
  AUTHENTICATE,
  CREDENTIALS,
  INCOMING,
  LOCATIONS,
  OUTGOING,
  PARTNER_LINK,
  REGISTRAR,
  SERVE,
  TOKENS,
} from './files.js';
import { may, must, ours, type Section, should } from './requirement.js';

const sent = shownBy(OUTGOING, 'each carries the token and ids of its own, a body its type');
const answered = shownBy(
  OUTGOING,
  'only tariffs DELETEd (ME-03, ME-04, ME-05, ME-07, ME-08, TR-043, TR-044)',
);
const repeated = shownBy(SERVE, 'message ids are repeated, and made up where they are missing');
const named = shownBy(TOKENS, 'what is missing or wrong is named (ST-08, ST-09, TY-05)');

/** Tokens, headers, URLs and the envelope. */
export const TRANSPORT: Section = {
  title: 'Transport and format',
  prefix: 'TR',
  requirements: {
    'TR-001': must(
      'all',
      'TLS with a certificate of the server; clients need none',
      shownBy('apps/gateway/test/partner-tls.test.ts', 'or not at all (TR-001)'),
      shownBy('packages/ocpi/test/egress-guard.test.ts', "'http://8.8.8.8/'"),
    ),
    'TR-002': must('all', 'every request carries the token, whatever its URL comes from', sent),
    'TR-003': must('2.1.1', 'the token as it is', sent, shownBy(AUTHENTICATE, 'raw (TR-003)')),
    'TR-004': must('2.2.1+', 'the token in Base64', sent, shownBy(AUTHENTICATE, 'Base64 (TR-004, TR-005)')),
    'TR-005': must(
      '2.2.1+',
      'no line end inside of the Base64',
      shownBy(AUTHENTICATE, "'Token ZXhhbXBsZS10b2tlbg=='"),
      shownBy(PARTNER_LINK, 'in the form of the connection, ids and routing (TR-002 to TR-005, RT-01)'),
    ),
    'TR-006': ours(
      '2.2.1+',
      'a line end that was encoded along is left out',
      shownBy(AUTHENTICATE, 'Base64 with a line feed inside (TR-006)'),
    ),
    'TR-007': ours(
      'all',
      'a caller may use either form, raw counts first; a token is looked up by its hash and kept encrypted',
      shownBy(AUTHENTICATE, 'raw token that looks like Base64 (trap 1)'),
      shownBy(
        'packages/storage/test/partner-data.test.ts',
        'are encrypted at rest, and open with no other key',
      ),
    ),
    'TR-008': ours(
      'all',
      'we send the form of the version, and the other one once when that is refused while registering',
      shownBy(CREDENTIALS, 'the other form of the token is tried once when the partner answers 401 (TR-008)'),
    ),
    'TR-009': must(
      'all',
      'a token is printable, has 64 characters at most and belongs to one platform',
      shownBy(
        'packages/core/test/secrets.test.ts',
        'are unique, printable and have 64 characters at most (TR-009)',
      ),
      shownBy(CREDENTIALS, 'what is missing or wrong in the body is named (ST-08, TR-009, TY-11)'),
    ),
    'TR-010': must(
      'all',
      'HTTP 401 without a token that is known, whatever is wrong with it',
      shownBy(AUTHENTICATE, "['broken Base64 (TR-010)'"),
      shownBy(AUTHENTICATE, '%s is answered with HTTP 401 (ST-01)'),
    ),
    'TR-011': must(
      '2.2.1+',
      'the token of a registration opens versions and credentials only',
      shownBy(AUTHENTICATE, 'TOKEN_A opens versions and credentials and nothing else (TR-011)'),
    ),
    'TR-012': must(
      'all',
      'a token that was replaced or ended is refused',
      shownBy(AUTHENTICATE, "['a token that was ended (TR-012)'"),
      shownBy(CREDENTIALS, 'a partner registers, reads, renews and ends its registration (CR-15 to CR-24)'),
      shownBy(REGISTRAR, 'then only the new one (TR-012, CR-21)'),
    ),
    'TR-020': must('2.2.1+', 'each request has an id of its own, repeated in the answer', sent, repeated),
    'TR-021': must(
      '2.2.1+',
      'messages that belong together have an id in common, repeated in the answer',
      sent,
      repeated,
      shownBy(PARTNER_LINK, "toMatchObject({ 'x-correlation-id': 'corr-7' })"),
    ),
    'TR-022': should('2.2.1+', 'ids are UUIDs', sent),
    'TR-023': ours('2.2.1+', 'a request without ids is served', repeated),
    'TR-024': ours('2.1.1', 'ids are sent, and not asked for', sent),
    'TR-025': must('all', 'names of headers in any case', shownBy(INCOMING, '(TR-025, TR-026)')),
    'TR-026': must(
      '2.2.1+',
      'what has a body is JSON and says so, also an answer that refuses',
      sent,
      shownBy(INCOMING, '(TR-025, TR-026)'),
    ),
    'TR-027': must(
      'all',
      'URLs of a partner are those that it told, none is made up',
      sent,
      shownBy('packages/ocpi/test/discover.test.ts', 'wherever its URLs lead (VE-02, VE-09, TR-027)'),
    ),
    'TR-028': ours(
      'all',
      'one slash between an endpoint and what follows, a slash at the end makes no difference',
      shownBy(SERVE, 'a trailing slash makes no difference (TR-028)'),
      shownBy(PARTNER_LINK, 'its segments percent-encoded (LO-02, TR-028, TR-030)'),
    ),
    'TR-029': must(
      'all',
      'URLs are absolute',
      shownBy('packages/ocpi/test/versions.test.ts', 'with absolute public URLs (VE-01, TR-029)'),
      shownBy(INCOMING, 'an URL has 255 characters at most and is absolute (TY-11, TR-029)'),
    ),
    'TR-030': must(
      'all',
      'segments are percent-encoded; ids ignore case from 2.2 on',
      shownBy(LOCATIONS, 'ids ignore case from 2.2 on (TR-030)'),
      shownBy(LOCATIONS, 'segments are percent-decoded'),
      shownBy(PARTNER_LINK, 'its segments percent-encoded (LO-02, TR-028, TR-030)'),
    ),
    'TR-031': should('all', 'an id that differs from the URL is 2001', named),
    'TR-032': may(
      'all',
      'a party in the URL that is not the caller’s is HTTP 404',
      shownBy(TOKENS, 'a party that is not of the connection is HTTP 404 (ST-11)'),
    ),
    'TR-033': must(
      '2.2.1+',
      'owner in the URL and owner in the body are the same',
      shownBy(TOKENS, 'type is part of it; the body wins where the URL has none (TO-02, TO-03)'),
      shownBy('packages/ocpi/test/partner-link.test.ts', "line: 'PUT /emsp/locations/DE/RBG/L%2F1%20%C3%A4'"),
    ),
    'TR-040': must(
      'all',
      'an answer has status code and the time of its making',
      shownBy(SERVE, 'an answer is an envelope with the time of its making (TR-040)'),
    ),
    'TR-041': must(
      'all',
      'a list for lists, an object for one object, a text for a word',
      shownBy(INCOMING, 'an empty list is an empty list (TR-041, TR-045)'),
      shownBy(INCOMING, 'one object is an object (TR-041)'),
      shownBy(INCOMING, "{ status_code: 1000, data: 'ACCEPTED' } }); // TR-041"),
    ),
    'TR-042': must(
      'all',
      'what a failure has as data counts for nothing',
      shownBy(OUTGOING, 'what a failure says in its data counts for nothing (TR-042, ST-30)'),
    ),
    'TR-043': should(
      '2.2.1+',
      'no data where none is defined; any is accepted there',
      answered,
      shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)'),
    ),
    'TR-044': must('2.2.1+', 'answers to results have no data, and need none', answered),
    'TR-045': must(
      'all',
      'a list without objects is empty and no error',
      shownBy(INCOMING, 'an empty list is an empty list (TR-041, TR-045)'),
    ),
  },
};
