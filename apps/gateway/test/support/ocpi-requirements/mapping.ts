import { shownBy, vector } from '../shown.js';
import { because, ours, type Section } from './requirement.js';

const ADAPTER = 'packages/ocpi/test/adapter.test.ts';
const MEMBERS = shownBy(ADAPTER, '%s have exactly the members of the version (MP-01 to MP-10)');
const LOSS_221 = shownBy('packages/ocpi/test/loss.test.ts', '2.2.1 has no place for parking, new connectors');
const LOSS_211 = shownBy(
  'packages/ocpi/test/loss.test.ts',
  '2.1.1 loses more, but nothing that only has another name',
);

/** What becomes of one model in the older versions. */
export const MAPPING: Section = {
  title: 'Mapping to older versions',
  prefix: 'MP',
  requirements: {
    'MP-01': ours(
      'all',
      'locations without parking and telephone; in 2.1.1 without owner, and with a type and a postal code',
      MEMBERS,
      LOSS_221,
      LOSS_211,
      shownBy('packages/ocpi/test/locations.test.ts', '2.1.1 sees published locations only (TR-030, LO-23)'),
    ),
    'MP-02': ours(
      'all',
      'EVSEs without parking; capabilities and restrictions that are not known are left out',
      MEMBERS,
    ),
    'MP-03': ours(
      'all',
      'connectors without capabilities, unknown ones left out; in 2.1.1 with the one tariff of now',
      MEMBERS,
      shownBy(
        ADAPTER,
        'an EVSE left without a known connector is not sent, a CDR about it is (MP-03, MP-15)',
      ),
      shownBy(
        'packages/core/test/tariff-of-session.test.ts',
        'a connector that has room for one tariff shows the regular one of now (MP-03)',
      ),
      shownBy(
        'packages/core/test/tariff-turns.test.ts',
        'a partner that can name one tariff is told when its successor begins, nobody else is (MP-03, TA-04)',
      ),
    ),
    'MP-04': ours('all', 'the category of an environmental impact is its source', MEMBERS),
    'MP-05': ours('all', 'no regular hours beside twentyfourseven', MEMBERS),
    'MP-06': ours('all', 'six decimals', MEMBERS, LOSS_211),
    'MP-07': ours(
      'all',
      'taxes become the amount with VAT; the number of 2.1.1 is the net one',
      shownBy('packages/ocpi/test/price.test.ts', '2.1.1 has the net amount, 2.2.1 both amounts'),
      vector('G02'),
    ),
    'MP-08': ours(
      'all',
      'gross prices become net, or the tariff is not told; limits are told in words, and what cannot be said is not',
      shownBy(
        ADAPTER,
        'prices that contain tax are sent before tax, or not at all where its share is unknown',
      ),
      shownBy(ADAPTER, '2.1.1 does not get tariffs whose price it cannot say (MP-08)'),
      shownBy(
        'packages/ocpi/test/loss.test.ts',
        'an object that the version cannot carry is counted as a whole',
      ),
      MEMBERS,
    ),
    'MP-09': ours(
      'all',
      'sessions with other names, without reservations, commands and new dimensions',
      MEMBERS,
      shownBy(ADAPTER, '2.1.1 does not get reservations as sessions (SE-16)'),
      vector('live-dimensions'),
    ),
    'MP-10': ours(
      'all',
      'CDRs with the location, without credit, breakdown and reserved time, which 2.1.1 does not pay for',
      MEMBERS,
      shownBy(
        'packages/core/test/cdr-corrections.test.ts',
        'stays as it is for a partner that knows no credits',
      ),
      vector('G28d'),
    ),
    'MP-11': ours(
      'all',
      'tokens of 2.1.1 belong to the party of the connection, and OTHER stays OTHER',
      shownBy('packages/ocpi/test/tokens.test.ts', 'and OTHER stays what it is (TO-02, TO-08, MP-11)'),
    ),
    'MP-12': ours(
      'all',
      'numbers of reservations as text, no connector and no reference, and fewer words of results',
      shownBy('packages/ocpi/test/commands.test.ts', 'with the id of the partner as text (CO-16, MP-12)'),
      vector('command-outcomes'),
    ),
    'MP-13': ours(
      'all',
      'a hub by its role, one party in 2.1.1',
      shownBy('packages/core/test/hubs.test.ts', 'up to 2.2.1 a hub has a role, later a party of its own'),
      shownBy(
        'apps/gateway/test/registration.test.ts',
        'a 2.1.1 connection is about one of our parties, a newer one about all (CR-01, CR-02)',
      ),
    ),
    'MP-14': ours(
      'all',
      'texts stay UTF-8',
      because('No partner has asked for ASCII; what cannot be written in it would be lost.'),
      MEMBERS,
    ),
    'MP-15': ours(
      'all',
      'a word that the version does not have is left out of lists; where it has to be said, the object is not told',
      shownBy(
        ADAPTER,
        'an EVSE left without a known connector is not sent, a CDR about it is (MP-03, MP-15)',
      ),
      shownBy(ADAPTER, 'tokens of a type that 2.2.1 does not have are not on its list (MP-15)'),
      MEMBERS,
    ),
  },
};
