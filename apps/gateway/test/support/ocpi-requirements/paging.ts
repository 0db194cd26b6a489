import { shownBy } from '../shown.js';
import { ACCESS, INCOMING, PAGINATION, STABLE_LISTS, TOKEN_PAGES, TOKEN_PULL } from './files.js';
import { must, ours, type Section, should } from './requirement.js';

const followed = shownBy(
  PAGINATION,
  'a partner that follows the links sees every object once (PG-04, PG-09)',
);
const linked = shownBy(INCOMING, 'links lead to the public address, keep the filters and end with the list');
const filtered = shownBy(
  PAGINATION,
  'filters and limits reach core, a limit above ours is lowered (PG-02, PG-07)',
);
const compared = [
  shownBy('packages/storage/test/locations.test.ts', 'and filters by the newest of location and EVSEs'),
  shownBy(
    'packages/storage/test/partner-data.test.ts',
    'reads its own sessions, by creation and by last_updated',
  ),
];
const refused = shownBy(PAGINATION, '%s is refused and named (PG-12, ST-17)');

export const PAGING: Section = {
  title: 'Pagination',
  prefix: 'PG',
  requirements: {
    'PG-01': must(
      'all',
      'lists take offset, limit and dates, none of which is needed but date_from for sessions',
      linked,
      filtered,
      shownBy(PAGINATION, 'sessions are listed with date_from only (SE-01)'),
    ),
    'PG-02': must('2.2.1+', 'from and with date_from, up to and without date_to', filtered, ...compared),
    'PG-03': ours('2.1.1', 'the same in 2.1.1', filtered, ...compared),
    'PG-04': must('all', 'every page but the last links to the next, with the filters', linked, followed),
    'PG-05': must('all', 'the total is of all objects that match', linked, followed),
    'PG-06': must('2.2.1+', 'X-Limit is the most that a page can have', followed),
    'PG-07': must('all', 'a limit above ours is lowered', filtered, followed),
    'PG-08': should(
      'all',
      'oldest first, and an order that stays',
      shownBy(STABLE_LISTS, 'no double while sessions change and come (PG-08, PG-09)'),
      shownBy('packages/storage/test/partner-data.test.ts', 'while new CDRs are released (PG-08)'),
    ),
    'PG-09': must(
      'all',
      'as a client: on while there is a link; we read no list with date_to, so none shrinks',
      shownBy(TOKEN_PAGES, 'a page of the token list of OCPI %s (TO-06, PG-04)'),
      shownBy(TOKEN_PULL, 'lists of tokens are read page by page'),
    ),
    'PG-10': must(
      'all',
      'as a client: an object that is broken costs itself',
      shownBy(TOKEN_PAGES, 'a page of the token list of OCPI %s (TO-06, PG-04)'),
    ),
    'PG-11': must(
      'all',
      'nobody sees what is another’s',
      shownBy(ACCESS, 'neither reads nor changes what is another’s'),
    ),
    'PG-12': ours('all', 'beyond the end there is an empty page; a bad number is 2001', refused, linked),
    'PG-13': ours(
      'all',
      'our links have the public address; we follow those of the same origin only',
      linked,
      shownBy(TOKEN_PAGES, 'a Link to %s is neither followed nor taken for the end of the list (PG-09'),
    ),
  },
};
