import { shownBy, vector } from '../shown.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const AUTHORIZE = 'packages/ocpi/test/authorize.test.ts';
const TOKENS = 'packages/ocpi/test/tokens.test.ts';
const RULES = 'packages/domain/test/token-rules.test.ts';
const ANSWER = shownBy(
  AUTHORIZE,
  'the reference, the token and the text for the driver are told (TO-24 to TO-27)',
);
const IN_211 = shownBy(TOKENS, 'uids differ by case, and OTHER stays what it is (TO-02, TO-08, MP-11)');
const PULLED = shownBy(
  'packages/core/test/pull-tokens.test.ts',
  'lists of tokens are read page by page; what is no longer listed is invalid (TO-06, TO-07, S11)',
);

/** Tokens that eMSPs push, and what they are asked about them. */
export const TOKENS_MODULE: Section = {
  title: 'Tokens',
  prefix: 'TO',
  requirements: {
    'TO-01': must(
      'all',
      'GET, PUT and PATCH of one token; it is invalidated and never deleted',
      shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)'),
      shownBy(TOKENS, 'a member that a PATCH says is null stays as it is (TO-01, trap 20)'),
    ),
    'TO-02': must(
      'all',
      'a token is its owner, uid and type; the case of the uid counts in 2.1.1 only',
      shownBy(TOKENS, 'type is part of it; the body wins where the URL has none (TO-02, TO-03)'),
      IN_211,
    ),
    'TO-03': ours(
      '2.2.1+',
      'the type of the body counts where the URL has none, and must not differ from it',
      shownBy(TOKENS, 'type is part of it; the body wins where the URL has none (TO-02, TO-03)'),
    ),
    'TO-04': must(
      'all',
      'GET answers what is stored, or 404',
      shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)'),
      shownBy(TOKENS, 'an unknown token is HTTP 404 for GET and PATCH (ST-04, ST-07)'),
    ),
    'TO-05': ours(
      'all',
      'what is older than what is stored changes nothing',
      shownBy('packages/storage/test/partner-data.test.ts', 'an older token keeps what is stored (TO-05)'),
    ),
    'TO-06': must(
      'all',
      'the list of an eMSP is read to its end',
      PULLED,
      shownBy('packages/ocpi/test/token-pages.test.ts', 'a page of the token list of OCPI %s (TO-06, PG-04)'),
    ),
    'TO-07': ours('all', 'what a complete list does not have is invalid', PULLED),
    'TO-08': must('2.1.1', 'the members of a token of 2.1.1', IN_211),
    'TO-09': must(
      '2.2.1+',
      'owner, contract, group and profile; types of apps and drivers, open from 2.3.0 on',
      shownBy(TOKENS, 'token types are closed up to 2.2.1 and open in 2.3.0 (TY-16, TY-18)'),
      shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)'),
    ),
    'TO-10': may(
      '2.2.1+',
      'a member of the group stops what another one started; chargers of OCPP 1.6 get a short name of it',
      vector('G34'),
      shownBy(
        'packages/ocpp/test/station-link.test.ts',
        'TO-10: OCPP 1.6 has room for a short name of a group',
      ),
      shownBy('packages/ocpp/test/v16.test.ts', 'a long group always gets the same short name (D4-035)'),
    ),
    'TO-11': should('2.3.0', 'contracts are not pushed: their issuer is found and asked', vector('G45')),
    'TO-12': should(
      '2.2.1+',
      'apps and drivers without a card have whitelist NEVER',
      because('It is the eMSP’s to do. Their tokens are decided by the whitelist that they have.'),
    ),
    'TO-13': must(
      '2.2.1+',
      'a token that only a command named is not stored, and is in session and CDR',
      vector('token-of-a-command'),
      vector('G07'),
      shownBy('packages/core/test/commands.test.ts', 'which is not stored, and counts for 15 minutes'),
    ),
    'TO-20': must(
      'all',
      'the question is a POST below the token, with its type',
      shownBy(AUTHORIZE, 'the question is a POST of the place below the token, with its type (TO-20, TO-21)'),
      vector('G03'),
    ),
    'TO-21': ours(
      'all',
      'the place is told with every question, where it is known',
      shownBy(AUTHORIZE, 'the question is a POST of the place below the token, with its type (TO-20, TO-21)'),
      shownBy(AUTHORIZE, 'a station without a location is asked about without one'),
    ),
    'TO-22': must(
      'all',
      '2002 is no yes: the place was told, so there is nothing more to say',
      shownBy(AUTHORIZE, '2002 asks for more information (TO-22)'),
      shownBy('packages/core/test/authorization.test.ts', 'was told all that there is: that is a no (TO-22)'),
    ),
    'TO-23': must(
      '2.2.1+',
      'an unknown token is HTTP 404, 2004, or both',
      shownBy(AUTHORIZE, 'HTTP %i with status %i is an unknown token (TO-23)'),
      vector('G04'),
    ),
    'TO-24': must('2.2.1+', 'what an answer has; that of 2.1.1 has neither token nor reference', ANSWER),
    'TO-25': must(
      'all',
      'ALLOWED alone lets a driver charge',
      shownBy(AUTHORIZE, '%s is told (TO-25)'),
      vector('G04'),
      vector('G03'),
    ),
    'TO-26': must(
      'all',
      'an answer may limit EVSEs (and connectors, in 2.1.1): elsewhere it is a no',
      vector('G03b'),
      shownBy(RULES, 'EVSEs that an answer leaves open (TO-26)'),
      ANSWER,
    ),
    'TO-27': must('2.2.1+', 'the reference goes into session and CDR', vector('G03'), ANSWER),
    'TO-28': may(
      '2.2.1+',
      'a token may be asked about at a location that is not published',
      because('Nobody is kept from it: whether a location is published is no part of the question.'),
    ),
    'TO-29': must(
      '2.2.1+',
      'nobody is asked about the token of a command, about a card for a quarter of an hour',
      vector('G07'),
      vector('G08'),
      vector('G28b'),
      shownBy('packages/core/test/commands.test.ts', 'which is not stored, and counts for 15 minutes'),
    ),
    'TO-30': should(
      'all',
      'who takes too long has not answered; the time is shorter than the charger’s own',
      shownBy(AUTHORIZE, 'an eMSP that takes too long has not answered (TO-30)'),
      vector('G05b'),
    ),
  },
};
