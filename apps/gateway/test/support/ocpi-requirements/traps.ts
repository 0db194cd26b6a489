import { shownBy, vector } from '../shown.js';
import { must, type Requirement, type Section } from './requirement.js';

const ADAPTER = 'packages/ocpi/test/adapter.test.ts';
const AUTHENTICATE = 'packages/ocpi/test/authenticate.test.ts';
const AUTHORIZE = 'packages/ocpi/test/authorize.test.ts';
const CREDENTIALS = 'packages/ocpi/test/credentials.test.ts';
const HUBS = 'apps/gateway/test/hubs.test.ts';
const LINK = 'packages/ocpi/test/partner-link.test.ts';
const LISTS = 'packages/ocpi/test/pagination.test.ts';
const LOCATIONS = 'packages/storage/test/locations.test.ts';
const PRICES = 'packages/domain/test/price-session.test.ts';
const SERVE = 'packages/ocpi/test/serve.test.ts';
const TOKENS = 'packages/ocpi/test/tokens.test.ts';
const TRAPS = 'packages/ocpi/test/traps.test.ts';

const MEMBERS = shownBy(ADAPTER, '%s have exactly the members of the version (MP-01 to MP-10)');
const EXAMPLES = shownBy('packages/domain/test/price-vectors.test.ts', '$id: $title');
const ENTERED = shownBy(
  'packages/operator/test/locations.test.ts',
  'a location with a fault at %s is refused',
);
const REGISTERS = shownBy(
  CREDENTIALS,
  'a partner registers, reads, renews and ends its registration (CR-15 to CR-24)',
);
const REQUEST = shownBy(
  LINK,
  'requests carry the token in the form of the connection, ids and routing (TR-002 to TR-005, RT-01)',
);
const PROGRESS = shownBy(
  LINK,
  'a session is a PUT, its progress a PATCH without charging periods (SE-02, SE-05)',
);
const CREDITED = shownBy(
  'packages/core/test/cdr-corrections.test.ts',
  'is taken back by a copy with its own id and nothing but the total negated (CD-20, CD-22)',
);

const trap = (rule: string, ...shown: Requirement['shown']) => must('all', rule, ...shown);

/** Registration, transport and lists. */
const OF_TRANSPORT: Record<string, Requirement> = {
  'TRAP-1': trap(
    'a raw token that looks like Base64',
    shownBy(AUTHENTICATE, 'a token is recognised as %s'),
    REQUEST,
  ),
  'TRAP-2': trap(
    'a line feed in the encoded token',
    shownBy(AUTHENTICATE, 'a token is recognised as %s'),
    REQUEST,
  ),
  'TRAP-3': trap(
    'HTTP errors for what is a matter of OCPI',
    shownBy(TOKENS, 'what is missing or wrong is named (ST-08, ST-09, TY-05)'),
    shownBy(SERVE, 'our own failure is HTTP 200 with 3000 and reveals nothing (ST-18)'),
  ),
  'TRAP-4': trap(
    'HTTP 200 taken for success',
    shownBy(LINK, 'HTTP 200 with 2xxx is a refusal, also HTTP 4xx'),
  ),
  'TRAP-5': trap(
    '200 for what was created',
    shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)'),
  ),
  'TRAP-6': trap(
    'a registration token that outlives the registration, or opens modules',
    REGISTERS,
    shownBy(AUTHENTICATE, 'TOKEN_A opens versions and credentials and nothing else (TR-011)'),
  ),
  'TRAP-7': trap(
    'a partner that cannot call back while its registration is open',
    shownBy(
      CREDENTIALS,
      'while the POST is open the partner can read our versions, but not register twice (CR-13)',
    ),
  ),
  'TRAP-8': trap('POST of who is registered, PUT of who is not', REGISTERS),
  'TRAP-9': trap('a PUT that reads nothing anew and gives no new token', REGISTERS),
  'TRAP-10': trap(
    'a module in the other role',
    shownBy(LINK, 'a sender endpoint of the same module is not pushed to (VE-04)'),
  ),
  'TRAP-11': trap(
    'URLs that are guessed, and their slashes',
    shownBy(LINK, 'a location is a PUT, its segments percent-encoded (LO-02, TR-028, TR-030)'),
    shownBy(SERVE, 'a trailing slash makes no difference (TR-028)'),
  ),
  'TRAP-12': trap(
    'several parties in one connection of 2.1.1',
    shownBy(
      'apps/gateway/test/registration.test.ts',
      'a 2.1.1 connection is about one of our parties, a newer one about all (CR-01, CR-02)',
    ),
  ),
  'TRAP-13': trap(
    'a date_to that is inclusive',
    shownBy(LOCATIONS, 'and filters by the newest of location and EVSEs'),
    shownBy(
      'packages/storage/test/partner-data.test.ts',
      'its own sessions, by creation and by last_updated',
    ),
  ),
  'TRAP-14': trap(
    'lists in the order of last_updated',
    shownBy('packages/storage/test/stable-lists.test.ts', 'while sessions change and come (PG-08, PG-09)'),
  ),
  'TRAP-15': trap(
    'X-Limit as the number of what was returned',
    shownBy(LISTS, 'a partner that follows the links sees every object once (PG-04, PG-09)'),
  ),
  'TRAP-16': trap(
    'a link that is relative, internal, without filters, or on the last page',
    shownBy(TRAPS, 'the next page of %s is absolute, public, filtered, and none is the last (trap 16)'),
  ),
  'TRAP-17': trap(
    'sessions without date_from',
    shownBy(LISTS, 'sessions are listed with date_from only (SE-01)'),
  ),
  'TRAP-18': trap(
    'a PATCH without last_updated',
    shownBy(TOKENS, 'and needs last_updated from 2.2 on (ST-10)'),
    PROGRESS,
  ),
  'TRAP-19': trap('periods that a PATCH appends twice', PROGRESS),
  'TRAP-20': trap(
    'a PATCH that clears a member',
    shownBy(TOKENS, 'a member that a PATCH says is null stays as it is (TO-01, trap 20)'),
    PROGRESS,
  ),
};

/** Sessions, locations and CDRs. */
const OF_DOCUMENTS: Record<string, Requirement> = {
  'TRAP-21': trap(
    'a session that changes after it was COMPLETED',
    vector('G24'),
    shownBy('simulators/emsp/test/emsp.test.ts', 'COMPLETED is final (ME-04, SE-06)'),
  ),
  'TRAP-22': trap('a status RESERVED', vector('G28'), vector('G29a')),
  'TRAP-23': trap(
    'the start of a reservation or of waiting as that of the session',
    vector('G28'),
    vector('G07'),
  ),
  'TRAP-24': trap('energy in Wh', vector('G02'), vector('G21')),
  'TRAP-25': trap(
    'EVSEs that are deleted, and hardware that takes a uid along',
    shownBy(LOCATIONS, 'a new PUT keeps reported statuses, and an EVSE left out becomes REMOVED (LO-07)'),
    shownBy(LOCATIONS, 'hardware may change places within a location, and belongs to one EVSE only'),
  ),
  'TRAP-26': trap(
    'parents that are older than their parts',
    shownBy(LOCATIONS, 'a reported status shows in the location and raises both times (LO-05)'),
    shownBy(LOCATIONS, 'and filters by the newest of location and EVSEs'),
  ),
  'TRAP-27': trap('country and country_code confused', MEMBERS, ENTERED),
  'TRAP-28': trap('coordinates as numbers, or with other decimals', MEMBERS, ENTERED),
  'TRAP-29': trap(
    'what is not published told to 2.1.1, and lists of tokens for what is',
    shownBy('packages/ocpi/test/locations.test.ts', '2.1.1 sees published locations only (TR-030, LO-23)'),
    ENTERED,
  ),
  'TRAP-30': trap(
    'opening hours in UTC',
    shownBy(TRAPS, 'regular hours stay local and exceptions stay UTC in %s (trap 30)'),
    ENTERED,
  ),
  'TRAP-31': trap('an address that is too long for a CDR', MEMBERS),
  'TRAP-32': trap('a CDR by the data of today', vector('tariff-changed-meanwhile')),
  'TRAP-33': trap('a credit with all totals negated, or under the same id', CREDITED, vector('G24')),
  'TRAP-34': trap(
    'live dimensions in a CDR',
    shownBy(ADAPTER, 'what only a running session may carry is in no CDR (CD-36, CD-39, SE-18, trap 34)'),
  ),
  'TRAP-35': trap(
    'one period for several prices',
    vector('price-by-the-clock'),
    vector('charging-preferences'),
  ),
};

/** Prices. */
const OF_PRICES: Record<string, Requirement> = {
  'TRAP-36': trap('steps for each period, or for charging that parking follows', EXAMPLES),
  'TRAP-37': trap(
    'one element for all dimensions',
    shownBy(PRICES, 'the first element that has the dimension prices it (TA-20)'),
    EXAMPLES,
  ),
  'TRAP-38': trap(
    'power and current as extremes of the session; A of one phase',
    shownBy('packages/domain/test/session-price.test.ts', 'momentary power is that of the readings'),
    shownBy('packages/domain/test/normalize.test.ts', 'currents of the phases add up'),
    shownBy('packages/domain/test/smart-charging.test.ts', 'A is per phase, W is the total'),
  ),
  'TRAP-39': trap(
    'an end at midnight, or before the start',
    shownBy(PRICES, 'clock times are those of the location, an end before the start is the next day (TA-24)'),
  ),
  'TRAP-40': trap(
    'one limit for both amounts',
    shownBy(PRICES, 'limits before and after taxes are two limits: each holds by itself (trap 40)'),
  ),
  'TRAP-41': trap(
    'a tariff that does not say whether tax is included, and gross amounts before taxes',
    shownBy('packages/operator/test/tariffs-and-tokens.test.ts', 'tax_included is %s when %s (TA-61, TA-62)'),
    shownBy(PRICES, 'prices that include tax are published net (TA-65)'),
    MEMBERS,
  ),
  'TRAP-42': trap('no VAT taken for 0 %', shownBy(PRICES, '0 % is a tax, no percentage is none (TA-61)')),
  'TRAP-43': trap(
    'a PATCH of a tariff',
    shownBy(LINK, 'a tariff is a PUT, its end a DELETE without body (TA-01)'),
  ),
};

/** Tokens, commands and profiles. */
const OF_DRIVERS: Record<string, Requirement> = {
  'TRAP-44': trap(
    'an invalid token refused unasked, although its whitelist wants the question',
    vector('G05c'),
    shownBy('packages/domain/test/token-rules.test.ts', 'whether the eMSP must be asked (D4.2, 9.1)'),
  ),
  'TRAP-45': trap(
    'tokens without their type, and uids by their case',
    shownBy(
      'packages/domain/test/token-rules.test.ts',
      'a card is not taken for an app user with the same uid',
    ),
    shownBy(TOKENS, 'type is part of it; the body wins where the URL has none (TO-02, TO-03)'),
  ),
  'TRAP-46': trap('the token of a command asked about again', vector('G07'), vector('G08'), vector('G28b')),
  'TRAP-47': trap(
    'unknown tokens told in one of two ways only',
    shownBy(AUTHORIZE, 'HTTP %i with status %i is an unknown token (TO-23)'),
    vector('G04'),
  ),
  'TRAP-48': trap(
    'a result after a refusal, and words of results in answers',
    vector('G14'),
    vector('G29e'),
    shownBy('packages/ocpi/test/commands.test.ts', 'answered at once (CO-01 to CO-03)'),
  ),
  'TRAP-49': trap(
    'the partner’s reservation id at the charger; a number in 2.1.1, a text later',
    vector('G28c'),
    shownBy('packages/ocpi/test/commands.test.ts', 'with the id of the partner as text (CO-16, MP-12)'),
  ),
  'TRAP-50': trap('a response_url that is forgotten after the first result', vector('G29d')),
  'TRAP-51': trap(
    'active profiles told to who has set none, or not after a change',
    vector('charging-preferences'),
    vector('G31d'),
  ),
};

/** Hubs, and what is new. */
const OF_HUBS: Record<string, Requirement> = {
  'TRAP-52': trap(
    'routing headers where there are none, or not swapped',
    shownBy(
      'packages/ocpi/test/routing.test.ts',
      'versions, credentials and 2.1.1 carry no routing headers (RT-02)',
    ),
    shownBy('packages/ocpi/test/routing.test.ts', 'the answer swaps the parties of the request (RT-04)'),
  ),
  'TRAP-53': trap(
    'messages in the name of the platform, and documents for everyone',
    REQUEST,
    shownBy(HUBS, 'gets sessions and CDRs for the party of their token only (RT-05, HU-09)'),
  ),
  'TRAP-54': trap(
    'a hub taken for the owner of what it hands on',
    shownBy(HUBS, 'speaks for itself and the parties that it named, for nobody else (RT-12, S11)'),
    shownBy(TOKENS, 'type is part of it; the body wins where the URL has none (TO-02, TO-03)'),
  ),
  'TRAP-55': trap(
    'a hub by its role in 2.3.0, and its parties by the credentials of 2.2.1',
    shownBy('packages/core/test/hubs.test.ts', 'up to 2.2.1 a hub has a role, later a party of its own'),
    shownBy(HUBS, 'is told what is for everyone once, addressed to itself (RT-07, HU-09)'),
  ),
  'TRAP-56': trap(
    'a queue for who is away',
    shownBy('apps/gateway/test/outage.test.ts', '(D2-080, D2-082, D2-083)'),
    shownBy(
      HUBS,
      'is sent nothing for a party that is offline; its CDR comes when it is back (OF-07, HU-03, HU-07)',
    ),
  ),
  'TRAP-57': trap(
    'unknown members and unknown words refused',
    shownBy(TOKENS, 'a token is created, read and replaced (TO-01, TO-04, ST-05, ST-06)'),
    shownBy(TOKENS, 'token types are closed up to 2.2.1 and open in 2.3.0 (TY-16, TY-18)'),
  ),
  'TRAP-58': trap(
    'the request id of somebody else, or a new correlation',
    shownBy(LINK, 'a command result goes to the response_url exactly as given (CO-04, CO-06, CO-07)'),
  ),
  'TRAP-59': trap(
    'preferences for an EVSE that takes none',
    shownBy('packages/ocpi/test/charging-profiles.test.ts', '%s is 404 with 2001 (%s)'),
  ),
  'TRAP-60': trap('the name of an environmental impact', MEMBERS),
};

/** What implementers get wrong most often, by the numbers of the list. */
export const TRAPS_MODULE: Section = {
  title: 'Traps',
  prefix: 'TRAP',
  requirements: { ...OF_TRANSPORT, ...OF_DOCUMENTS, ...OF_PRICES, ...OF_DRIVERS, ...OF_HUBS },
};
