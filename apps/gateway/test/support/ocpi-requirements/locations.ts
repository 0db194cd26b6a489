import { shownBy, vector } from '../shown.js';
import {
  ADAPTER,
  COMMANDS,
  CREDENTIALS,
  INCOMING,
  LOCATIONS,
  PARTNER_LINK,
  PARTNER_LOCATIONS,
  RULES_OF_PLACES,
  SERVE,
} from './files.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const whole = shownBy(ADAPTER, 'have exactly the members of the version (MP-01 to MP-10)');
const rule = (title: string) => shownBy(RULES_OF_PLACES, title);
const published = shownBy(PARTNER_LOCATIONS, 'gets with all pages every published location and no other');
const removed = shownBy(PARTNER_LOCATIONS, 'what is removed is told as REMOVED, stays in the list');
const status = shownBy(PARTNER_LINK, 'a status is a PATCH of the EVSE with status and last_updated (LO-11)');
const newest = shownBy(
  'packages/core/test/last-updated.test.ts',
  'a connector that is newer than its EVSE raises it',
);
const reported = shownBy(
  'packages/storage/test/locations.test.ts',
  'shows in the location and raises both times (LO-05)',
);
const derived = (title: string) => shownBy('packages/core/test/commands.test.ts', title);

/** Locations, EVSEs and connectors. */
export const LOCATIONS_MODULE: Section = {
  title: 'Locations',
  prefix: 'LO',
  requirements: {
    'LO-01': must(
      'all',
      'a list, and every location, EVSE and connector by itself; nothing but GET',
      shownBy(LOCATIONS, 'a location, an EVSE and a connector have URLs of their own (LO-01)'),
      shownBy(INCOMING, 'links lead to the public address, keep the filters and end with the list'),
      shownBy(SERVE, 'is HTTP 405 and names the others (ST-12)'),
    ),
    'LO-02': must(
      'all',
      'told below the party that owns them; what the partner has is read there',
      shownBy(PARTNER_LINK, 'a location is a PUT, its segments percent-encoded (LO-02, TR-028, TR-030)'),
      status,
      shownBy('apps/gateway/test/partner-resync.test.ts', 'that has everything is told nothing'),
    ),
    'LO-03': must(
      'all',
      'PUT for what is new or replaced, PATCH for what changed, and only when it did',
      status,
      removed,
      vector('G44'),
    ),
    'LO-04': must('all', 'a part may be told alone, so what it is in is never older', newest, reported),
    'LO-05': must('all', 'a change makes everything around it newer', newest, reported),
    'LO-06': must('all', 'all pages together are all there is', published),
    'LO-07': must(
      'all',
      'nothing is deleted: an EVSE that goes is REMOVED',
      removed,
      vector('planned-and-removed'),
    ),
    'LO-08': ours('all', 'REMOVED EVSEs stay in the list for good', removed),
    'LO-09': may('all', 'a REMOVED EVSE may give its EVSE id to another one; its uid stays', removed),
    'LO-10': must(
      'all',
      'what is planned is announced, and changes nothing by itself',
      shownBy(
        PARTNER_LOCATIONS,
        'hears a planned change beforehand, and the change itself when it happens (LO-10)',
      ),
      rule('LO-10: a change that is planned'),
    ),
    'LO-11': must('all', 'a status is a PATCH of the EVSE', status),
    'LO-12': should('2.2.1+', 'what is not public is not told', published),
    'LO-13': should(
      '2.2.1+',
      'one location for a site; EVSEs that share a charger say so',
      vector('G01'),
      vector('shared-evse'),
    ),
    'LO-14': ours(
      'all',
      'tariffs are told before what names them',
      shownBy(PARTNER_LOCATIONS, 'hears of tariffs before the locations that name them (LO-14, CR-27)'),
    ),
    'LO-15': must(
      '2.1.1',
      'ids have 36 characters at most, which all versions take',
      rule('LO-15: ids of 36 characters'),
      rule("withEvse({ uid: 'u'.repeat(37) })"),
    ),
    'LO-20': must(
      '2.2.1+',
      'who may see it is always said; a list of tokens only where it is not public',
      rule("['/publish', 'LO-20'"),
      rule("['/publish_allowed_to', 'LO-20'"),
      published,
    ),
    'LO-21': must(
      '2.2.1+',
      'a token of that list has a uid with its type, a visual number with its issuer, or a group',
      rule("['/publish_allowed_to/0/type', 'LO-21'"),
      rule("['/publish_allowed_to/0/issuer', 'LO-21'"),
      rule('LO-21: entries by visual number and by group'),
    ),
    'LO-22': must('2.2.1+', 'a site that is public in part is two locations', published),
    'LO-23': ours(
      '2.1.1',
      'what is not public is not told to 2.1.1 either, which has no word for it',
      published,
      shownBy(LOCATIONS, '2.1.1 sees published locations only (TR-030, LO-23)'),
    ),
    'LO-24': must(
      'all',
      'a country of three letters, an owner’s of two',
      rule("['/country', 'LO-24'"),
      whole,
    ),
    'LO-25': must(
      '2.2.1+',
      'a time zone always, a postal code where there is one; 2.1.1 has a type and always a postal code',
      rule("['/time_zone', 'LO-25'"),
      rule('LO-25: a site without a postal code'),
      whole,
    ),
    'LO-26': must(
      'all',
      'coordinates are texts of five to seven decimals, of six in 2.1.1',
      rule("coordinates: { latitude: '53.5432'"),
      whole,
    ),
    'LO-27': must(
      '2.2.1+',
      'who operates it is in our credentials where the location does not say it',
      shownBy(CREDENTIALS, 'a partner registers, reads, renews and ends its registration (CR-15 to CR-24)'),
      rule('LO-28: whether one may charge when it is closed'),
    ),
    'LO-28': must(
      'all',
      'charging while closed is told where the operator says so',
      rule('LO-28: whether one may charge'),
    ),
    'LO-29': must(
      '2.2.1+',
      'always open, or hours; in 2.1.1 the one or the other',
      rule("['/opening_times/regular_hours', 'LO-29'"),
      rule("['/opening_times/twentyfourseven', 'LO-29'"),
      whole,
    ),
    'LO-30': must(
      'all',
      'hours of a weekday end after they begin; exceptions are times in UTC that do not contradict one another',
      rule("['/opening_times/regular_hours/0/period_end', 'LO-30'"),
      rule("'/opening_times/exceptional_closings/0',"),
      rule('LO-30: two periods of a day'),
    ),
    'LO-31': must(
      'all',
      'shares of energy make 100; 2.1.1 has another name for impacts',
      rule("'LO-31', mix(50, 49)"),
      whole,
    ),
    'LO-32': must(
      'all',
      'voltage and current, the power where it is less',
      rule("'LO-32', withConnector"),
      whole,
    ),
    'LO-33': must(
      '2.1.1',
      'one tariff',
      whole,
      shownBy(PARTNER_LOCATIONS, "toMatchObject({ tariff_id: 'UNTIL-2030' })"),
    ),
    'LO-34': must(
      '2.2.1+',
      'several tariffs, at any time one of each type',
      shownBy(PARTNER_LOCATIONS, 'two tariffs of a type that count at the same time are refused'),
      shownBy('packages/core/test/tariff-turns.test.ts', 'changed prices are not (LO-34)'),
      vector('charging-preferences'),
    ),
    'LO-35': must(
      'all',
      'a connector has an id in its EVSE, of which one is in use at a time',
      rule("['/evses/0/connectors/1/id', 'LO-35'"),
      rule('LO-35: the same connector id in two EVSEs'),
      vector('G37'),
    ),
    'LO-36': must(
      'all',
      'an image has a category and a type',
      rule("['/images/0/category', 'LO-36'"),
      rule("['/images/0/type', 'LO-36'"),
    ),
    'LO-37': must(
      '2.2.1+',
      'an EVSE may want its connector named in START_SESSION',
      shownBy(COMMANDS, 'are checked before core is asked (CO-10, CO-13, LO-37)'),
    ),
    'LO-38': ours(
      'all',
      'what an EVSE can do follows from its charger, unless the operator says it',
      derived('finds what the charger told that it can do, where the operator left that open (D1-005)'),
      derived('finds the feature profiles that a charger names in its configuration (D1-005, B-050)'),
    ),
    'LO-39': must(
      'all',
      'statuses mean what OCPI says',
      shownBy('packages/domain/test/evse-status.test.ts', 'status of an EVSE (D1-020)'),
      vector('G25'),
      vector('G26'),
    ),
    'LO-40': should(
      'all',
      'an EVSE id is told as it was entered, and nothing follows from it',
      rule('LO-40, CR-06: an EVSE id of another party'),
    ),
    'LO-50': must(
      '2.3.0',
      'places are of their location, EVSEs name them',
      rule("['/evses/0/parking/0/parking_id', 'LO-50'"),
      rule("'/parking_places/1/id',"),
      whole,
    ),
    'LO-51': must(
      '2.3.0',
      'a place has vehicles, and says whether it is for them alone and needs a reservation',
      rule("['/parking_places/0/vehicle_types', 'LO-51'"),
      rule("['/parking_places/0/restricted_to_type', 'LO-51'"),
      whole,
    ),
    'LO-52': should(
      '2.3.0',
      'sizes and weights where vehicles are large',
      rule('LO-51, LO-52, LO-53: all about a place'),
    ),
    'LO-53': should(
      '2.3.0',
      'a photo of places for the disabled; drive-through only where it is for all',
      rule('LO-51, LO-52, LO-53: all about a place'),
      because('What is entered is told; the gateway cannot know what a place looks like.'),
    ),
    'LO-54': may(
      '2.3.0',
      'reports for authorities: what is entered is told to every partner of 2.3.0',
      whole,
    ),
    'LO-55': may(
      '2.3.0',
      'a phone number, and what a connector can do',
      rule('LO-55: a phone number'),
      whole,
    ),
    'LO-56': must(
      '2.3.0',
      'new connectors and restrictions',
      rule('LO-56: new connectors and restrictions'),
      whole,
    ),
    'LO-57': must(
      '2.3.0',
      'where the vehicle stands, in the words of OCPI',
      rule("'LO-57', parking"),
      rule('LO-50, LO-57'),
      whole,
    ),
  },
};
