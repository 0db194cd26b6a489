import { shownBy, vector } from '../shown.js';
import {
  ADAPTER,
  AUTHORIZE,
  COMMANDS,
  CREDENTIALS,
  DISCOVER,
  INCOMING,
  PRICES,
  RULES_OF_PLACES,
  TOKENS,
} from './files.js';
import { because, may, must, ours, type Section } from './requirement.js';

const whole = shownBy(ADAPTER, 'have exactly the members of the version (MP-01 to MP-10)');
const kinds = shownBy(TOKENS, 'token types are closed up to 2.2.1 and open in 2.3.0 (TY-16, TY-18)');
const prices = shownBy(PRICES, '2.2.1 both amounts, 2.3.0 the taxes between them (TY-14, TY-15, MP-07)');
const taxed = shownBy(
  ADAPTER,
  'prices that contain tax are sent before tax, or not at all where its share is unknown',
);
const rule = (title: string) => shownBy(RULES_OF_PLACES, title);

/** What OCPI 2.3.0 changed of 2.2.1. */
export const DIFFERENCES: Section = {
  title: 'What 2.3.0 changed',
  prefix: 'D',
  requirements: {
    'D-01': must('2.3.0', 'enumerations that are open', kinds, whole),
    'D-02': must('2.3.0', 'prices before taxes, with the taxes', prices, whole),
    'D-03': must(
      '2.3.0',
      'no role HUB',
      shownBy(CREDENTIALS, 'a role of 2.2.1 that 2.3.0 does not know is skipped'),
    ),
    'D-04': must('2.3.0', 'unknown members do no harm', shownBy(INCOMING, '(ME-01, TY-09, TY-17)')),
    'D-05': must(
      '2.3.0',
      'the version 2.3.0, and versions and modules that nobody knows yet',
      shownBy(DISCOVER, 'of %j the highest common version is %s'),
      shownBy(DISCOVER, 'unknown modules do no harm'),
    ),
    'D-06': must('2.3.0', 'hubs name their own party', shownBy(CREDENTIALS, '(CR-05, CR-33, D-06)')),
    'D-07': must('2.3.0', 'places and a phone number of a location', whole, rule('LO-55: a phone number')),
    'D-08': must('2.3.0', 'places and accepted providers of an EVSE', whole),
    'D-09': must('2.3.0', 'capabilities of a connector', whole),
    'D-10': must(
      '2.3.0',
      'places with all about them',
      rule('LO-51, LO-52, LO-53: all about a place'),
      whole,
    ),
    'D-11': must(
      '2.3.0',
      'new connectors, restrictions and the token type EMAID',
      rule('LO-56: new connectors'),
      kinds,
    ),
    'D-12': must(
      '2.3.0',
      'which enumerations are open',
      whole,
      kinds,
      shownBy(COMMANDS, 'unknown commands depend on the version (CO-24)'),
    ),
    'D-13': must('2.3.0', 'whether prices contain tax, and limits before and after it', taxed, whole),
    'D-14': must('2.3.0', 'prices are gross or net as the tariff says', taxed),
    'D-15': must(
      '2.3.0',
      'examples of taxes that are not known beforehand',
      shownBy(
        'packages/domain/test/price-session.test.ts',
        'is not priced, and the component is named (TV28, TA-65)',
      ),
    ),
    'D-16': must(
      '2.3.0',
      'contracts as tokens',
      shownBy(AUTHORIZE, 'a station without a location is asked about without one, a uid is percent-encoded'),
      vector('G45'),
    ),
    'D-17': must('2.3.0', 'CDRs change in their prices and in what is in them', whole),
    'D-18': may(
      '2.3.0',
      'other words for hubs',
      because('A word of the document; nothing on the wire changes.'),
    ),
    'D-19': must(
      '2.3.0',
      'the second edition: longer addresses and states, longer signed data',
      rule('D-19: an address of 255 and a state of 45 characters'),
      shownBy(ADAPTER, 'signed data leaves unchanged; 2.1.1 has no place for it (CD-44, D3-025)'),
    ),
    'D-20': ours(
      '2.3.0',
      'payments are no part of it',
      because('Payments are an extension of their own, which we do not offer.'),
    ),
  },
};
