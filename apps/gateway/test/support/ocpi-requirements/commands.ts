import { shownBy, vector } from '../shown.js';
import { must, ours, type Section } from './requirement.js';

const COMMANDS = 'packages/ocpi/test/commands.test.ts';
const CORE = 'packages/core/test/commands.test.ts';
const RESERVATIONS = 'packages/core/test/partner-reservations.test.ts';
const OUTCOMES = vector('command-outcomes');
const RESULT = shownBy(
  'packages/ocpi/test/partner-link.test.ts',
  'a command result goes to the response_url exactly as given (CO-04, CO-06, CO-07)',
);
const STARTED = shownBy(
  COMMANDS,
  'START_SESSION is handed on with its token and answered at once (CO-01 to CO-03)',
);
const FOR_A_QUARTER = shownBy(CORE, 'which is not stored, and counts for 15 minutes (D5-010, CO-10, CO-12)');

/** Commands of partners, and what becomes of them. */
export const COMMANDS_MODULE: Section = {
  title: 'Commands',
  prefix: 'CO',
  requirements: {
    'CO-01': must(
      'all',
      'a command is answered at once, and its result told later, if it was accepted',
      STARTED,
      vector('G14'),
      vector('G13'),
    ),
    'CO-02': must('2.2.1+', 'the answer has a result, a time-out and a message', STARTED, OUTCOMES),
    'CO-03': must('2.1.1', 'the answer has a result', STARTED),
    'CO-04': must('2.2.1+', 'the result has a message; in 2.1.1 it has the form of the answer', RESULT),
    'CO-05': must(
      '2.2.1+',
      'the result comes within the time-out: TIMEOUT, where the charger is silent',
      vector('G10'),
      OUTCOMES,
    ),
    'CO-06': must('all', 'the response_url is used as it was given', RESULT),
    'CO-07': must(
      'all',
      'the result is a request like any other, with token, ids and parties, and the correlation of the command',
      RESULT,
      shownBy(
        'apps/gateway/test/hubs.test.ts',
        'gets the result of a command for the party that asked (RT-04)',
      ),
    ),
    'CO-08': ours(
      'all',
      'only https to public addresses is taken as response_url',
      shownBy(COMMANDS, 'is refused where private URLs are not allowed (CO-08, S10)'),
      shownBy('packages/ocpi/test/egress-guard.test.ts', '%s is refused'),
    ),
    'CO-09': ours('all', 'one result, also where the charger answers after it', vector('G10')),
    'CO-10': must(
      '2.2.1+',
      'the token of a command is not judged, but must be the partner’s own',
      FOR_A_QUARTER,
      shownBy(COMMANDS, 'are checked before core is asked (CO-10, CO-13, LO-37)'),
      shownBy('apps/gateway/test/hostile.test.ts', 'a partner does not speak for the tokens of another one'),
    ),
    'CO-11': must(
      '2.2.1+',
      'a charger that asks about it is told yes, and nobody else is asked',
      vector('G07'),
      vector('G08'),
      vector('G28b'),
      FOR_A_QUARTER,
    ),
    'CO-12': must('2.2.1+', 'a card is judged as ever after a quarter of an hour', FOR_A_QUARTER),
    'CO-13': must(
      'all',
      'what START_SESSION has, and when the connector has to be named',
      shownBy(COMMANDS, 'what is missing or wrong is named (CO-13, ST-08)'),
      shownBy(COMMANDS, 'are checked before core is asked (CO-10, CO-13, LO-37)'),
      vector('shared-evse'),
    ),
    'CO-14': must(
      'all',
      'without an EVSE one is chosen; where there is none it is not supported',
      shownBy(
        CORE,
        'goes to a free EVSE where none is named, and to a faulted one that is (D5-011, D5-012, CO-14)',
      ),
      shownBy(CORE, 'goes where the EVSE announces it, and nowhere else (CO-22, D5-002)'),
    ),
    'CO-15': must(
      'all',
      'an unknown session is UNKNOWN_SESSION, and so is that of another eMSP: nobody learns that it exists',
      shownBy(
        CORE,
        'ends what runs; what is over, unknown or a reservation is refused (D5-030, D5-032, CO-15)',
      ),
      shownBy(
        'apps/gateway/test/hostile.test.ts',
        'a partner neither sees nor stops the sessions of another one',
      ),
      vector('G14'),
    ),
    'CO-16': must(
      'all',
      'what RESERVE_NOW has; the same id again replaces the reservation',
      shownBy(COMMANDS, 'RESERVE_NOW is handed on with the id of the partner as text (CO-16, MP-12)'),
      shownBy(RESERVATIONS, 'an id of a partner names one reservation (D5-040)'),
      vector('G28c'),
    ),
    'CO-17': must(
      '2.2.1+',
      'the charger gets a number of ours, never the id of the partner',
      vector('G28c'),
      shownBy(CORE, 'takes one that can be reserved, under a number of ours (D5-040, D5-041, CO-17)'),
    ),
    'CO-18': must(
      '2.2.1+',
      'a reservation is a session, and may cost something when it was not used',
      vector('G28'),
      vector('G29f'),
      vector('G29g'),
    ),
    'CO-19': must(
      '2.2.1+',
      'CANCEL_RESERVATION, of an unknown one too; it does not exist in 2.1.1',
      shownBy(COMMANDS, 'CANCEL_RESERVATION is a command of 2.2 and later (CO-19)'),
      vector('G29b'),
      vector('G29c'),
    ),
    'CO-20': must(
      '2.2.1+',
      'a reservation that is taken away is told where it was asked for',
      vector('G29d'),
      shownBy(RESERVATIONS, 'costs nothing when the charger or the operator ends it, or never kept it'),
    ),
    'CO-21': must(
      'all',
      'UNLOCK_CONNECTOR names location, EVSE and connector',
      shownBy(COMMANDS, 'UNLOCK_CONNECTOR needs location, EVSE and connector (CO-21)'),
      vector('G30'),
    ),
    'CO-22': must(
      'all',
      'what the EVSE does not announce is not supported',
      shownBy(CORE, 'goes where the EVSE announces it, and nowhere else (CO-22, D5-002)'),
    ),
    'CO-23': ours(
      'all',
      'unknown places are 2003 beside REJECTED; who is away is REJECTED',
      shownBy(COMMANDS, 'an unknown location is 2003 beside REJECTED (ST-19)'),
      shownBy(CORE, 'is refused for what is not known, not in operation or away (CO-23, D5-011)'),
    ),
    'CO-24': must(
      '2.3.0',
      'a command of any name is answered, and not supported',
      shownBy(COMMANDS, 'unknown commands depend on the version (CO-24)'),
    ),
  },
};
