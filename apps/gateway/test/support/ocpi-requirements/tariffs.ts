import { shownBy, vector } from '../shown.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const ADAPTER = 'packages/ocpi/test/adapter.test.ts';
const LINK = 'packages/ocpi/test/partner-link.test.ts';
const OPERATOR = 'packages/operator/test/tariffs-and-tokens.test.ts';
const PRICE = 'packages/ocpi/test/price.test.ts';
const PRICES = 'packages/domain/test/price-session.test.ts';
const SESSION_PRICE = 'packages/domain/test/session-price.test.ts';
const OF_SESSION = shownBy(
  'packages/core/test/tariff-of-session.test.ts',
  'a session follows the regular tariff that was valid when it began (TA-04, TA-05, TA-06)',
);
const MEMBERS = shownBy(ADAPTER, '%s have exactly the members of the version (MP-01 to MP-10)');
/** Prices of the examples of OCPI, each by its number (TV01 to TV28). */
const EXAMPLES = shownBy('packages/domain/test/price-vectors.test.ts', '$id: $title');
/** Prices worked out a second time, for generated tariffs and sessions. */
const ORACLE = shownBy('packages/domain/test/price-oracle.test.ts', '(TA-20..TA-47, TA-60..TA-66)');
const PUSHED = shownBy(LINK, 'a tariff is a PUT, its end a DELETE without body (TA-01)');

/** Tariffs of which we are the owner. */
export const TARIFFS_MODULE: Section = {
  title: 'Tariffs',
  prefix: 'TA',
  requirements: {
    'TA-01': must(
      'all',
      'tariffs are listed, put and deleted at the receiver',
      PUSHED,
      shownBy('apps/gateway/test/pairs.test.ts', 'pulls locations and tariffs page by page (PG-04, PG-09)'),
    ),
    'TA-02': may(
      '2.1.1',
      'a tariff can be patched',
      because('It is put as a whole, in every version.'),
      PUSHED,
    ),
    'TA-03': should(
      'all',
      'a tariff is deleted only when no connector names it any more',
      because('An operator deletes it; sessions of a connector that still names it are held, not free.'),
      vector('no-tariff'),
    ),
    'TA-04': must('2.2.1+', 'a tariff counts from its start to its end, a successor beside it', OF_SESSION),
    'TA-05': ours(
      '2.2.1+',
      'a running session keeps its tariff',
      OF_SESSION,
      vector('tariff-changed-meanwhile'),
    ),
    'TA-06': must(
      '2.2.1+',
      'a type says for whom it is; none is for all, REGULAR for those without preferences',
      OF_SESSION,
      vector('charging-preferences'),
    ),
    'TA-07': must(
      '2.2.1+',
      'a text beside the elements repeats none of their prices: ours is the operator’s, as it was entered',
      MEMBERS,
    ),
    'TA-08': may(
      'all',
      'prices that change often: successors, and a page with the prices',
      OF_SESSION,
      MEMBERS,
    ),
    'TA-09': must(
      'all',
      'amounts are exact until the end, and rounded as their currency asks',
      shownBy('packages/domain/test/session-terms.test.ts', 'once and at the end (TA-09)'),
      shownBy('apps/gateway/test/settings.test.ts', 'amounts are rounded by their currency (TA-09)'),
    ),
    'TA-20': must(
      '2.2.1+',
      'for each dimension the first element that has it and that holds now',
      shownBy(PRICES, 'the first element that has the dimension prices it (TA-20)'),
      EXAMPLES,
      ORACLE,
    ),
    'TA-21': must(
      '2.1.1',
      'the same in 2.1.1: there is one way of pricing',
      EXAMPLES,
      vector('price-by-the-clock'),
    ),
    'TA-22': must(
      '2.2.1+',
      'a dimension without an element costs nothing',
      shownBy(PRICES, 'a dimension without any element costs nothing and is not stated (TA-22)'),
    ),
    'TA-23': must(
      '2.2.1+',
      'all restrictions of an element have to hold, at every moment',
      shownBy(PRICES, 'all restrictions of an element have to hold (TA-23)'),
      ORACLE,
    ),
    'TA-24': must(
      'all',
      'times of the day are those of the location; an end before the start is the next day, 00:00 the end',
      shownBy(
        PRICES,
        'clock times are those of the location, an end before the start is the next day (TA-24)',
      ),
    ),
    'TA-25': must(
      'all',
      'dates are local, the first inclusive, the last exclusive',
      shownBy(PRICES, 'days and dates begin at local midnight, the last date is exclusive (TA-25, TA-29)'),
    ),
    'TA-26': must(
      'all',
      'kWh since the beginning, from inclusive, to exclusive',
      shownBy(PRICES, 'thresholds of energy split exactly, minimum inclusive and maximum exclusive (TA-26)'),
    ),
    'TA-27': must(
      '2.2.1+',
      'the momentary power and the momentary current of all phases together',
      shownBy(SESSION_PRICE, 'momentary power is that of the readings'),
      shownBy(
        'packages/operator/test/tariff-price.test.ts',
        'momentary power and current come from the periods',
      ),
      shownBy('packages/domain/test/normalize.test.ts', 'currents of the phases add up'),
      EXAMPLES,
    ),
    'TA-28': must(
      'all',
      'seconds since the beginning, from inclusive, to exclusive',
      shownBy(PRICES, 'durations count from the start of the session (TA-28)'),
      ORACLE,
    ),
    'TA-29': must(
      'all',
      'days of the week are local; none is every day',
      shownBy(PRICES, 'days and dates begin at local midnight, the last date is exclusive (TA-25, TA-29)'),
    ),
    'TA-30': must(
      '2.2.1+',
      'elements for reservations price a fee and the time from its making to the start or the end',
      shownBy(SESSION_PRICE, 'in cost and order (CD-31, TA-30)'),
      vector('G29f'),
      vector('G28d'),
    ),
    'TA-31': must(
      '2.2.1+',
      'one that expired pays the price for expiry, and no start fee',
      shownBy('packages/core/test/partner-reservations.test.ts', 'costs for its time and for running out'),
      shownBy(
        'packages/operator/test/tariff-price.test.ts',
        'with the session that used it, or alone (TA-31)',
      ),
      EXAMPLES,
    ),
    'TA-32': ours(
      '2.2.1+',
      'elements of a reservation price nothing else, and the others no reservation',
      EXAMPLES,
    ),
    'TA-33': must(
      'all',
      'TIME is charging, PARKING_TIME is not; who asks nothing for parking gets nothing',
      shownBy('apps/gateway/test/pairs.test.ts', 'as the meter and the tariff say (D2, D3-003, TA-33)'),
      shownBy(PRICES, 'a dimension without any element costs nothing and is not stated (TA-22)'),
    ),
    'TA-34': must(
      'all',
      'free is an element with a FLAT of 0',
      EXAMPLES,
      shownBy(ADAPTER, 'a tariff that costs nothing is listed in the CDR all the same (CD-43, TA-34)'),
    ),
    'TA-35': ours(
      'all',
      'an hour that is skipped or comes twice is priced by what the clocks show',
      shownBy(PRICES, 'an hour that the clocks skip or repeat is priced by what they show (TA-35)'),
    ),
    'TA-40': must(
      'all',
      'steps of 1 Wh and 1 s, prices per kWh and hour, none for FLAT',
      shownBy(PRICES, 'a started Wh or second is a whole one (TA-40, TA-41)'),
      EXAMPLES,
    ),
    'TA-41': must(
      'all',
      'rounded up to the next step; a step that is none is 1',
      shownBy(PRICES, 'a started Wh or second is a whole one (TA-40, TA-41)'),
      EXAMPLES,
    ),
    'TA-42': must('2.2.1+', 'once for energy and once for both kinds of time, at the end', EXAMPLES, ORACLE),
    'TA-43': must(
      '2.2.1+',
      'by the step of the last component, on the total of its dimension, at its price',
      shownBy(PRICES, 'step_size has a line of its own (TA-43)'),
      EXAMPLES,
    ),
    'TA-44': must('2.2.1+', 'charging that parking follows is not rounded', EXAMPLES),
    'TA-45': must(
      '2.2.1+',
      'what costs nothing counts for no step',
      shownBy(PRICES, 'parking that is not billed does not keep charging time from being rounded (TA-45)'),
      EXAMPLES,
    ),
    'TA-46': must(
      '2.2.1+',
      'no rounding between elements or tariffs',
      shownBy('packages/domain/test/changed-tariff.test.ts', 'rounds up to a step at its end only (TA-46)'),
      EXAMPLES,
    ),
    'TA-47': ours('2.2.1+', 'reserved time is rounded by itself', EXAMPLES, ORACLE),
    'TA-48': must('2.1.1', 'steps in 2.1.1 are those of the later versions', EXAMPLES),
    'TA-49': should(
      'all',
      'steps are small',
      because(
        'The operator chooses them; what a step adds is a line of its own in the explanation of a bill.',
      ),
    ),
    'TA-60': must('2.1.1', 'prices before VAT, and nothing about VAT', MEMBERS),
    'TA-61': must(
      '2.2.1',
      'prices before VAT with a percentage; none is not 0',
      shownBy(PRICES, '0 % is a tax, no percentage is none (TA-61)'),
      shownBy(PRICE, 'a price without tax is not a price with 0 % (TA-61, TA-67)'),
      MEMBERS,
    ),
    'TA-62': must(
      '2.3.0',
      'a tariff says whether its prices include tax',
      shownBy(OPERATOR, 'tax_included is %s when %s (TA-61, TA-62)'),
      shownBy(PRICES, 'where no tax applies there is no amount with tax (TA-62)'),
      MEMBERS,
    ),
    'TA-63': must(
      '2.2.1',
      'limits before and after VAT hold each for itself, as a Price',
      shownBy(PRICES, 'limits before and after taxes are two limits: each holds by itself (trap 40)'),
      shownBy(OPERATOR, 'the 2.2.1 spelling of price limits is converted (TA-63, TA-64)'),
      MEMBERS,
    ),
    'TA-64': must(
      '2.3.0',
      'the same before and after taxes, as a PriceLimit',
      shownBy(PRICES, 'limits before and after taxes are two limits: each holds by itself (trap 40)'),
      MEMBERS,
    ),
    'TA-65': ours(
      '2.3.0',
      'prices that include a tax are divided by its rate; without a rate nothing is billed',
      shownBy(PRICES, 'prices that include tax are published net (TA-65)'),
      shownBy(PRICES, 'included tax of unknown rate is not priced, and the component is named (TV28, TA-65)'),
    ),
    'TA-66': must(
      '2.3.0',
      'taxes are itemised, for every cost',
      shownBy(
        PRICES,
        'several rates are itemised and add up to the difference of the rounded amounts (TA-66)',
      ),
      MEMBERS,
    ),
    'TA-67': ours(
      '2.3.0',
      'a price of one version in the form of the other',
      shownBy(PRICE, '2.1.1 has the net amount, 2.2.1 both amounts, 2.3.0 the taxes between them'),
      shownBy(PRICE, 'a price without tax is not a price with 0 % (TA-61, TA-67)'),
    ),
  },
};
