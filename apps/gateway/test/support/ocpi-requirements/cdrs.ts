import { shownBy, vector } from '../shown.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const ADAPTER = 'packages/ocpi/test/adapter.test.ts';
const CORRECTIONS = 'packages/core/test/cdr-corrections.test.ts';
const LINK = 'packages/ocpi/test/partner-link.test.ts';
const PARTNER_DATA = 'packages/storage/test/partner-data.test.ts';
const PRICES = 'packages/domain/test/price-session.test.ts';
const SIGNED = 'packages/core/test/signed-data.test.ts';
const MEMBERS = shownBy(ADAPTER, '%s have exactly the members of the version (MP-01 to MP-10)');

/** CDRs of which we are the owner. */
export const CDRS_MODULE: Section = {
  title: 'CDRs',
  prefix: 'CD',
  requirements: {
    'CD-01': must(
      'all',
      'CDRs are listed page by page, the caller’s own, last_updated being when they were made',
      shownBy(
        PARTNER_DATA,
        'a CDR is seen when it is released and not held, and is never changed after that (CD-04)',
      ),
      shownBy('apps/gateway/test/pairs.test.ts', 'pulls exactly the sessions and CDRs that it was pushed'),
    ),
    'CD-02': must(
      'all',
      'a CDR is a POST of the whole; the URL in the answer is kept',
      shownBy(
        LINK,
        'a CDR is a POST whose Location header is kept, resolved where it is relative (CD-02, CD-03)',
      ),
      shownBy(
        'packages/storage/test/deliveries.test.ts',
        'the Location header of a CDR is remembered (CD-02)',
      ),
    ),
    'CD-03': ours(
      'all',
      'without that URL it is told all the same, and a relative one is resolved',
      shownBy(
        LINK,
        'a CDR is a POST whose Location header is kept, resolved where it is relative (CD-02, CD-03)',
      ),
    ),
    'CD-04': must(
      'all',
      'what was sent never changes',
      shownBy(
        PARTNER_DATA,
        'a CDR is seen when it is released and not held, and is never changed after that (CD-04)',
      ),
      shownBy('apps/gateway/test/partner-resync.test.ts', 'all but CDRs, which never change (CD-04)'),
    ),
    'CD-05': must(
      'all',
      'one CDR goes to the party that pays, also behind a hub',
      shownBy('apps/gateway/test/hubs.test.ts', 'for the party of their token only (RT-05, HU-09)'),
      vector('G43'),
    ),
    'CD-06': should('all', 'it is sent when its settling time is over', vector('G02')),
    'CD-07': may(
      '2.2.1+',
      'a CDR may be about a location that is not published',
      shownBy(
        ADAPTER,
        'an EVSE left without a known connector is not sent, a CDR about it is (MP-03, MP-15)',
      ),
      vector('withdrawn-location'),
    ),
    'CD-08': must(
      '2.2.1+',
      'location, tariff and token are those of the beginning',
      vector('tariff-changed-meanwhile'),
      shownBy('packages/storage/test/commit.test.ts', 'the snapshot of a session is written once (D3-002)'),
    ),
    'CD-09': ours('all', 'an INVALID session has no CDR', vector('G36b'), vector('G29a')),
    'CD-20': must(
      '2.2.1+',
      'a correction is a credit, a copy with the total negated, and a new CDR',
      shownBy(
        CORRECTIONS,
        'is taken back by a copy with its own id and nothing but the total negated (CD-20, CD-22)',
      ),
      vector('G24'),
    ),
    'CD-21': must(
      '2.2.1+',
      'the new one has an id of its own and refers to nothing',
      shownBy(
        CORRECTIONS,
        'is corrected by its credit and then a CDR with a new id, each told once (D3-030, CD-21)',
      ),
    ),
    'CD-22': must(
      '2.2.1+',
      'ids are unique, and only that of a credit is longer than 36',
      shownBy(
        CORRECTIONS,
        'is taken back by a copy with its own id and nothing but the total negated (CD-20, CD-22)',
      ),
    ),
    'CD-23': must(
      '2.3.0',
      'the amounts of the taxes are negated with the total',
      shownBy(ADAPTER, 'a credit CDR leaves with its reference and negative amounts (CD-20, CD-23)'),
    ),
    'CD-24': may(
      '2.2.1+',
      'how long CDRs may be credited is a matter of contracts',
      because('Each correction is the decision of a person, who knows the contract.'),
    ),
    'CD-25': ours(
      '2.1.1',
      'corrections are made outside of OCPI, and a person is told',
      shownBy(
        CORRECTIONS,
        'stays as it is for a partner that knows no credits, and a person is told (CD-25)',
      ),
    ),
    'CD-30': must(
      '2.2.1+',
      'the session is always named, that of a reservation too',
      vector('G29f'),
      MEMBERS,
    ),
    'CD-31': must(
      '2.2.1+',
      'from the reservation, where there was one, to the end of the session',
      shownBy('packages/domain/test/session-price.test.ts', 'in cost and order (CD-31, TA-30)'),
      vector('G28d'),
    ),
    'CD-32': may(
      '2.2.1+',
      'an unknown start or end may be 1970 by agreement',
      because('A CDR whose times nobody knows is held for a person instead.'),
      vector('G39b'),
    ),
    'CD-33': must(
      '2.2.1+',
      'the token with its owner, type and contract, also one that only a command named',
      vector('G07'),
      vector('G02'),
      MEMBERS,
    ),
    'CD-34': must(
      '2.2.1+',
      'a flat location with EVSE and connector, its texts shortened to what a CDR has room for',
      MEMBERS,
    ),
    'CD-35': must('2.1.1', 'the location embedded, a net total, and neither session nor breakdown', MEMBERS),
    'CD-36': must(
      'all',
      'at least one period, each with a dimension',
      shownBy(ADAPTER, 'what only a running session may carry is in no CDR (CD-36, CD-39, SE-18, trap 34)'),
      shownBy('packages/domain/test/charging-periods.test.ts', 'a session without length has one period'),
      vector('G36'),
    ),
    'CD-37': must(
      '2.2.1+',
      'a new period wherever the price may change, the energy split there',
      shownBy('packages/domain/test/session-price.test.ts', 'its energy split exactly there (CD-37, TA-26)'),
      vector('price-by-the-clock'),
      vector('charging-preferences'),
    ),
    'CD-38': must(
      '2.2.1+',
      'each period names its tariff, and the CDR has all of these',
      vector('charging-preferences'),
      vector('G02'),
    ),
    'CD-39': must(
      '2.2.1+',
      'no dimension that is for running sessions only',
      shownBy(ADAPTER, 'what only a running session may carry is in no CDR (CD-36, CD-39, SE-18, trap 34)'),
      vector('live-dimensions'),
    ),
    'CD-40': must(
      'all',
      'totals of energy, of time and of the time that was not charged',
      vector('G02'),
      shownBy('packages/domain/test/transaction-properties.test.ts', 'periods to kWh and hours of the CDR'),
    ),
    'CD-41': must(
      '2.2.1+',
      'which cost belongs to which part; parking and reservations have their own fees',
      shownBy('packages/operator/test/tariff-price.test.ts', 'with a line for every step (CD-41, TA-43)'),
      vector('G28d'),
      vector('G29f'),
    ),
    'CD-42': ours(
      'all',
      'parts add up to the total, unless a limit changed the total alone',
      shownBy(PRICES, 'a limit has a line, partial costs stay what they are (CD-42)'),
      shownBy('simulators/emsp/test/emsp.test.ts', 'sums of a CDR that do not add up are noted'),
    ),
    'CD-43': should(
      'all',
      'the tariffs are in it, in the form of the version, free ones too',
      shownBy(ADAPTER, 'a tariff that costs nothing is listed in the CDR all the same (CD-43, TA-34)'),
      MEMBERS,
    ),
    'CD-44': must(
      '2.2.1+',
      'signed data with method, key and values, unchanged',
      shownBy(ADAPTER, 'signed data leaves unchanged; 2.1.1 has no place for it (CD-44, D3-025)'),
      shownBy(SIGNED, 'what is longer than a CDR can carry stays here, and is found (D3-022)'),
      vector('G32'),
    ),
    'CD-45': may(
      '2.2.1+',
      'names of signing methods that are known',
      shownBy(SIGNED, 'valid containers go into the CDR unchanged, as Start and End (D3-021, D3-022)'),
      shownBy(
        SIGNED,
        'an unknown format is told as it came; only of a legal meter that is a finding (D3-020)',
      ),
    ),
    'CD-46': may(
      '2.2.1+',
      'references to invoices, compensation for charging at home, a remark',
      because('Invoices are not made here, and no station is a home charger; the remark says what was odd.'),
      vector('G22b'),
    ),
    'CD-47': must('2.2.1+', 'auth_method and reference are the last ones', vector('G03'), vector('G28d')),
    'CD-48': must(
      '2.2.1+',
      'parking is when the vehicle asks for no power; reserved time is what was not used yet',
      shownBy(
        'packages/domain/test/phases.test.ts',
        'a pause by the charger is charging, unless the operator',
      ),
      vector('G28d'),
    ),
  },
};
