import { shownBy } from '../shown.js';
import { because, must, ours, type Section, should } from './requirement.js';

const CORE = 'packages/core/test/hubs.test.ts';
const HUBS = 'apps/gateway/test/hubs.test.ts';
const NAMED = shownBy(HUBS, 'speaks for itself and the parties that it named, for nobody else (RT-12, S11)');
const ALL = shownBy(HUBS, 'is told what is for everyone once, addressed to itself (RT-07, HU-09)');
const OFFLINE = shownBy(
  HUBS,
  'is sent nothing for a party that is offline; its CDR comes when it is back (OF-07, HU-03, HU-07)',
);

/** Who is behind a hub, and what is told to whom. */
export const HUBS_MODULE: Section = {
  title: 'Hubs',
  prefix: 'HU',
  requirements: {
    'HU-01': must(
      '2.2.1+',
      'a hub puts and reads what it says of a party; who is no hub does not',
      NAMED,
      shownBy(HUBS, 'a partner that is no hub tells of nobody else (HU-01)'),
    ),
    'HU-02': must(
      '2.2.1+',
      'party, role and status; a party with two roles is two entries',
      shownBy(CORE, 'a party with two roles is two entries, each of its newest word (HU-02)'),
      NAMED,
    ),
    'HU-03': must(
      '2.2.1+',
      'who is connected is told; who is offline, planned or suspended is sent nothing',
      OFFLINE,
      shownBy(CORE, 'a party that is %j is %s (HU-03)'),
    ),
    'HU-04': must(
      '2.2.1+',
      'nobody is deleted',
      shownBy(HUBS, 'are never deleted, and read again at a start'),
    ),
    'HU-05': must(
      '2.2.1+',
      'the whole list is read at the registration and at every start',
      shownBy(HUBS, 'are never deleted, and read again at a start'),
      ALL,
    ),
    'HU-06': should(
      '2.2.1+',
      'a hub looks after five minutes of silence whether we are there',
      because('It is the hub’s to do; it reads our versions like anybody.'),
    ),
    'HU-07': ours(
      '2.2.1+',
      'who comes back gets no backlog but CDRs; what changes next is told in full',
      OFFLINE,
    ),
    'HU-08': ours(
      '2.2.1+',
      'a hub that cannot reach a party says so about that party alone',
      shownBy(HUBS, 'that cannot reach one party does not hold up the others (RT-13, HU-08)'),
      shownBy(HUBS, 'until it tells of the party or the party calls; 4002 changes nothing (HU-08)'),
    ),
    'HU-09': must(
      '2.2.1+',
      'locations and tariffs are for all behind the hub, sessions and CDRs for the owner of the token',
      ALL,
      shownBy(HUBS, 'gets sessions and CDRs for the party of their token only (RT-05, HU-09)'),
    ),
    'HU-10': ours(
      '2.2.1+',
      'what is told to a hub is what every party behind it may see',
      because('What is published is for every partner; nothing is for some of them only.'),
      ALL,
    ),
    'HU-11': must(
      '2.2.1+',
      'a party of any other role is told like an eMSP',
      shownBy('packages/ocpi/test/partner-link.test.ts', 'neither eMSP nor hub is told like an eMSP (HU-11)'),
    ),
  },
};
