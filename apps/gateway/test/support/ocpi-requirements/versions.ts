import { shownBy } from '../shown.js';
import { must, type Section, should } from './requirement.js';

const VERSIONS = 'packages/ocpi/test/versions.test.ts';

/** The list of versions and the endpoints of each. */
export const VERSIONS_MODULE: Section = {
  title: 'Versions and version details',
  prefix: 'VE',
  requirements: {
    'VE-01': must(
      'all',
      'a list of versions with their URLs, and for each version its endpoints',
      shownBy(VERSIONS, 'all versions are listed with absolute public URLs (VE-01, TR-029)'),
    ),
    'VE-03': must(
      '2.1.1',
      'an endpoint has no role: we list the modules of a CPO',
      shownBy(VERSIONS, '2.1.1 details list the CPO modules without roles (VE-03)'),
    ),
    'VE-04': must(
      '2.2.1+',
      'an endpoint is known by its module and its role',
      shownBy(VERSIONS, '%s details name our role in each module (VE-04, VE-05)'),
    ),
    'VE-05': should(
      '2.2.1+',
      'credentials are listed once, as SENDER; the role of the peer’s does not matter',
      shownBy(VERSIONS, '%s details name our role in each module (VE-04, VE-05)'),
    ),
  },
};
