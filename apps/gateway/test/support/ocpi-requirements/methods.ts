import { shownBy } from '../shown.js';
import { INCOMING, OUTAGE, OUTGOING, PARTNER_LINK, PARTNER_LOCATIONS, TOKENS } from './files.js';
import { must, ours, type Section } from './requirement.js';

const told = shownBy(
  OUTGOING,
  'objects are PUT and PATCHed with last_updated, documents POSTed, only tariffs DELETEd',
);
const status = shownBy(PARTNER_LINK, 'a status is a PATCH of the EVSE with status and last_updated (LO-11)');
const progress = shownBy(PARTNER_LINK, 'its progress a PATCH without charging periods (SE-02, SE-05)');

export const METHODS: Section = {
  title: 'PUT, PATCH, POST, DELETE',
  prefix: 'ME',
  requirements: {
    'ME-01': must(
      'all',
      'PUT replaces the whole: what it leaves out is gone',
      shownBy(INCOMING, 'PUT replaces what it leaves out (ME-01, TY-09, TY-17)'),
    ),
    'ME-02': must(
      'all',
      'PATCH changes what it names, and cannot take anything away',
      shownBy(TOKENS, 'PATCH changes only what it names (ME-02)'),
      status,
    ),
    'ME-03': must('2.2.1+', 'every PATCH has last_updated', told, status, progress),
    'ME-04': must('2.2.1+', 'charging periods of a PATCH are added, so we leave them to PUT', told, progress),
    'ME-05': ours('2.1.1', 'charging periods are never PATCHed', told, progress),
    'ME-06': must(
      'all',
      'after a PATCH that failed the whole is PUT, whatever the partner has; a resync reads before it repairs',
      shownBy(OUTAGE, 'is told in full after the PATCH was answered 404 (D2-082, OF-05)'),
      shownBy('apps/gateway/test/partner-resync.test.ts', 'gets it again, and only that (R9)'),
    ),
    'ME-07': must('all', 'objects of ours are not POSTed: only documents, results and questions are', told),
    'ME-08': must(
      'all',
      'DELETE is for tariffs, profiles and credentials',
      told,
      shownBy(PARTNER_LOCATIONS, 'what is removed is told as REMOVED'),
      shownBy('packages/ocpi/test/serve.test.ts', 'is HTTP 405 and names the others (ST-12)'),
    ),
    'ME-09': ours('all', 'a part is told at its own URL, not as a list of the whole', status),
  },
};
