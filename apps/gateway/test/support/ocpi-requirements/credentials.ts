import { shownBy } from '../shown.js';
import {
  AFTER_OUTAGE,
  CREDENTIALS,
  DISCOVER,
  HUBS,
  INCOMING,
  OUTGOING,
  REGISTRAR,
  REGISTRATION,
} from './files.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const theirs = shownBy(
  CREDENTIALS,
  'a partner registers, reads, renews and ends its registration (CR-15 to CR-24)',
);
const weRegister = shownBy(
  REGISTRATION,
  'we register with it, tell it everything, read its tokens, and end it',
);
const oneParty = shownBy(
  REGISTRATION,
  'a 2.1.1 connection is about one of our parties, a newer one about all',
);
const newParty = shownBy(
  REGISTRATION,
  'partners are told of a party that is hosted from a start on (CR-31, VE-08)',
);
const replaced = shownBy(REGISTRATION, 'tokens are replaced by us and by it; nothing is lost meanwhile');
const byHub = shownBy(HUBS, 'is told what is for everyone once, addressed to itself (RT-07, HU-09)');
const speaks = shownBy(HUBS, 'speaks for itself and the parties that it named, for nobody else (RT-12, S11)');
const roles = shownBy(
  CREDENTIALS,
  'a role of 2.2.1 that 2.3.0 does not know is skipped, a role twice is refused',
);
const hub230 = shownBy(CREDENTIALS, 'a hub of 2.3.0 names itself beside the parties that it reaches');

/** What platforms tell one another of themselves, and how they begin and end. */
export const CREDENTIALS_MODULE: Section = {
  title: 'Credentials',
  prefix: 'CR',
  requirements: {
    'CR-01': must('2.1.1', 'credentials hold one party', theirs, oneParty),
    'CR-02': ours('2.1.1', 'a connection for each party that is hosted', oneParty),
    'CR-03': must('2.2.1+', 'credentials hold any number of roles, none twice', roles, newParty),
    'CR-04': must(
      '2.2.1',
      'a hub names only itself; who is behind it is told by hubclientinfo',
      byHub,
      speaks,
    ),
    'CR-05': must(
      '2.3.0',
      'a hub is no role any more: it names its own party beside those it reaches',
      hub230,
      roles,
      byHub,
    ),
    'CR-06': must(
      'all',
      'the party of a connection says nothing about ids of EVSEs and contracts',
      shownBy(
        INCOMING,
        'the parties of contracts and connections have nothing to do with each other (CR-06)',
      ),
      shownBy('packages/operator/test/location-rules.test.ts', 'LO-40, CR-06: an EVSE id of another party'),
    ),
    'CR-07': may(
      'all',
      'a party may use its home country everywhere',
      because('PARTIES and locations are entered as the operator wants them: nothing compares them.'),
    ),
    'CR-08': must('all', 'a token in credentials is for calling who sent them', theirs, weRegister),
    'CR-10': must(
      'all',
      'who receives a registration gives token and URL beforehand; either side may',
      shownBy(
        'packages/operator/test/partners-and-charging.test.ts',
        'an invitation answers with the registration token',
      ),
      theirs,
      weRegister,
    ),
    'CR-11': must(
      'all',
      'we begin: versions, details, then our credentials with a token that works already',
      weRegister,
    ),
    'CR-12': must(
      'all',
      'without the endpoints that are needed nothing is posted',
      shownBy(
        REGISTRATION,
        'a platform that cannot be used is named, and leaves nothing behind (CR-12, CR-16)',
      ),
      shownBy(DISCOVER, 'other modules are not (VE-05, VE-06, CR-12)'),
    ),
    'CR-13': must(
      'all',
      'the partner can call us while a registration is under way',
      weRegister,
      shownBy(CREDENTIALS, 'while the POST is open the partner can read our versions'),
    ),
    'CR-14': must(
      'all',
      'the token of the answer counts from then on, the first one is forgotten',
      weRegister,
      replaced,
    ),
    'CR-15': must('all', 'they begin: we read their versions and endpoints before we answer', theirs),
    'CR-16': must(
      'all',
      'a partner that cannot be called back is 3001, and nothing is stored',
      shownBy(CREDENTIALS, 'nothing is stored when the partner %s (CR-16: 3001)'),
      shownBy(CREDENTIALS, 'a partner that hangs or is down is 3001 (CR-16)'),
    ),
    'CR-17': ours(
      'all',
      'a version that the partner does not list is 3002',
      shownBy(CREDENTIALS, 'a version that the partner does not list is 3002 (CR-17)'),
    ),
    'CR-18': must(
      'all',
      'endpoints that are needed and missing are 3003',
      shownBy(CREDENTIALS, 'a partner without a credentials endpoint is 3003 (CR-18)'),
    ),
    'CR-19': must('all', 'a second POST is 405', theirs),
    'CR-20': must(
      'all',
      'PUT reads everything again and gives a new token; unregistered it is 405',
      theirs,
      replaced,
    ),
    'CR-21': ours(
      'all',
      'the token before works a little longer, because answers get lost',
      shownBy(REGISTRAR, 'then only the new one (TR-012, CR-21)'),
      replaced,
    ),
    'CR-22': must(
      'all',
      'another version is a PUT at its credentials; what was told is told anew in it',
      shownBy(CREDENTIALS, 'goes to another version by a PUT there (CR-20, CR-22, VE-06)'),
      shownBy(AFTER_OUTAGE, 'a partner that goes to another version is told everything in it (CR-22)'),
    ),
    'CR-23': must('all', 'DELETE ends both directions', theirs, weRegister),
    'CR-24': must('all', 'GET shows our side with the token of the caller', theirs),
    'CR-25': should(
      '2.2.1+',
      'tokens are replaced by either side at any time; the guide asks for it monthly',
      replaced,
    ),
    'CR-26': ours(
      'all',
      'PATCH is 405',
      shownBy(
        'packages/ocpi/test/serve.test.ts',
        "expect((await gateway.call('PATCH', '/ocpi/2.2.1/credentials'",
      ),
    ),
    'CR-27': ours(
      'all',
      'then tokens are read, and tariffs told before locations',
      weRegister,
      shownBy(
        'apps/gateway/test/partner-locations.test.ts',
        'hears of tariffs before the locations that name them',
      ),
    ),
    'CR-30': must('2.2.1+', 'one registration with a hub, with all of our parties', newParty, byHub),
    'CR-31': must('2.2.1+', 'a party that comes later is told by PUT', newParty),
    'CR-32': must('2.2.1', 'parties behind a hub are learnt from hubclientinfo', byHub, speaks),
    'CR-33': must(
      '2.3.0',
      'parties behind a hub are its roles, hubclientinfo says how they are',
      hub230,
      shownBy(OUTGOING, 'broadcasts get it too, and finds out who knows a token (RT-07, RT-09, RT-10)'),
      speaks,
    ),
    'CR-34': ours(
      '2.3.0',
      'many roles alone make no hub',
      shownBy(OUTGOING, 'several parties alone make no hub: an eMSP among them is named (CR-34, RT-05)'),
    ),
  },
};
