import { shownBy } from '../shown.js';
import { CREDENTIALS, DISCOVER, INCOMING, REGISTRATION } from './files.js';
import { must, ours, type Section, should } from './requirement.js';

const VERSIONS = 'packages/ocpi/test/versions.test.ts';
const listed = shownBy(VERSIONS, 'all versions are listed with absolute public URLs (VE-01, TR-029)');
const old = shownBy(VERSIONS, '2.1.1 details list the CPO modules without roles (VE-03)');
const details = shownBy(VERSIONS, '%s details name our role in each module (VE-04, VE-05)');
const needed = shownBy(DISCOVER, 'credentials are needed, once, in any role; other modules are not');
const modules = shownBy(DISCOVER, 'unknown modules do no harm, the case of an identifier does not matter');
const highest = shownBy(DISCOVER, 'of %j the highest common version is %s, wherever its URLs lead');

/** The list of versions and the endpoints of each. */
export const VERSIONS_MODULE: Section = {
  title: 'Versions and version details',
  prefix: 'VE',
  requirements: {
    'VE-01': must(
      'all',
      'a list of versions with their URLs, and for each version its endpoints, for who has a token',
      listed,
      old,
      details,
      shownBy('packages/ocpi/test/authenticate.test.ts', '%s is answered with HTTP 401 (ST-01)'),
    ),
    'VE-02': must(
      'all',
      'the URL of the list is what is exchanged, its path is free',
      highest,
      shownBy(CREDENTIALS, 'a partner registers, reads, renews and ends its registration (CR-15 to CR-24)'),
    ),
    'VE-03': must('2.1.1', 'an endpoint has no role: we list the modules of a CPO', old),
    'VE-04': must('2.2.1+', 'an endpoint is known by its module and its role', details, modules),
    'VE-05': should(
      '2.2.1+',
      'credentials are listed once, as SENDER; the role of the peer’s does not matter',
      details,
      needed,
    ),
    'VE-06': must(
      'all',
      'credentials are always there, other modules need not be',
      old,
      details,
      needed,
      shownBy(CREDENTIALS, 'a partner with nothing but credentials registers'),
    ),
    'VE-07': must(
      'all',
      'modules that we do not know are ignored; we have none of our own',
      old,
      details,
      modules,
    ),
    'VE-08': must(
      'all',
      'who registered is sent our credentials when parties or endpoints change',
      shownBy(REGISTRATION, 'partners are told of a party that is hosted from a start on (CR-31, VE-08)'),
    ),
    'VE-09': should(
      'all',
      'the highest version that both have, never a deprecated one',
      highest,
      shownBy(DISCOVER, 'deprecated versions alone are none in common (VE-09)'),
    ),
    'VE-10': should(
      '2.2.1+',
      'versions are cheap to read and change nothing',
      shownBy(INCOMING, 'versions can be read any number of times and change nothing (VE-10)'),
    ),
    'VE-11': ours('2.3.0', 'modules are known by their names in any case', modules),
  },
};
