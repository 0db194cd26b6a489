import { shownBy, vector } from '../shown.js';
import { because, may, must, ours, type Section, should } from './requirement.js';

const CORE = 'packages/core/test/charging-profiles.test.ts';
const EDGE = 'packages/ocpi/test/charging-profiles.test.ts';
const SMART = 'packages/domain/test/smart-charging.test.ts';
const PLAYED = vector('G31');
const HANDED_ON = shownBy(
  EDGE,
  'PUT, GET and DELETE are handed on and answered at once with a time-out (CP-01, CP-03)',
);

/** Limits that partners set for their sessions. */
export const CHARGING_PROFILES_MODULE: Section = {
  title: 'Charging profiles',
  prefix: 'CP',
  requirements: {
    'CP-01': must(
      '2.2.1+',
      'GET, PUT and DELETE for a session, with response_url, and duration for GET',
      HANDED_ON,
      shownBy(EDGE, 'what is missing or wrong is named (CP-01, ST-08)'),
    ),
    'CP-02': ours(
      '2.2.1+',
      'a response_url may come unencoded',
      shownBy(EDGE, 'a response_url that came unencoded keeps its own query (CP-02)'),
    ),
    'CP-03': must(
      '2.2.1+',
      'an answer at once, and after ACCEPTED a result for each of the three',
      HANDED_ON,
      PLAYED,
    ),
    'CP-04': must(
      '2.2.1+',
      'the words of the answer, and those of the result',
      PLAYED,
      vector('G31b'),
      shownBy(EDGE, 'a refusal is an answer like any other, and says no more than its result (CP-04)'),
      shownBy(CORE, '%j makes a PUT %s and a DELETE %s'),
    ),
    'CP-05': must(
      '2.2.1+',
      'the owner of the session’s token may; for all others there is no such session',
      shownBy(CORE, 'what partners are told at once (D6-001, CP-05, CP-08)'),
    ),
    'CP-06': must(
      '2.2.1+',
      'TOO_OFTEN within ten seconds',
      shownBy(CORE, 'too often is within ten seconds (CP-06)'),
    ),
    'CP-07': ours(
      '2.2.1+',
      'a charger that is silent, or a session that ended meanwhile, is REJECTED',
      shownBy(CORE, 'what the charger answered (D6-010, D6-020, D6-021, CP-07)'),
      vector('G31b'),
    ),
    'CP-08': ours(
      '2.2.1+',
      'an EVSE that takes no limits is NOT_SUPPORTED',
      shownBy(CORE, 'what partners are told at once (D6-001, CP-05, CP-08)'),
    ),
    'CP-10': must(
      '2.2.1+',
      'what a profile has: a start or none, a length or none, limits of one decimal',
      shownBy(SMART, 'what a charger could not apply is refused (D6-001, CP-10)'),
      PLAYED,
    ),
    'CP-11': must(
      '2.2.1+',
      'W is the total, A is per phase',
      shownBy(SMART, 'A is per phase, W is the total'),
    ),
    'CP-12': ours(
      '2.2.1+',
      'the unit is kept where the charger takes it, else converted and rounded down; not for direct current',
      shownBy(SMART, 'W become A rounded down: a limit is never raised'),
      shownBy(SMART, 'the same unit is left alone, and direct current has no fixed voltage'),
      vector('G31c'),
    ),
    'CP-13': must(
      '2.2.1+',
      'a profile is a limit: less is as well, more is told to a person',
      shownBy(CORE, 'a charger that applies more than it accepted is shown until it does not (D6-040)'),
      shownBy(SMART, 'W become A rounded down: a limit is never raised'),
    ),
    'CP-20': must(
      '2.2.1+',
      'who has set a profile is told what applies, and whenever that changes; nobody else is',
      shownBy(CORE, 'and told again when it changed (D6-022, CP-20)'),
      vector('G31d'),
      vector('charging-preferences'),
    ),
    'CP-21': must(
      '2.2.1+',
      'an hour is told; without a limit, what the EVSE can give',
      PLAYED,
      shownBy(CORE, 'no schedule is the maximum of the EVSE (D6-021, CP-21)'),
    ),
    'CP-22': must('2.2.1+', 'times are those from the start of the active profile', PLAYED),
    'CP-23': must(
      '2.2.1+',
      'a profile is in the result of a GET that was ACCEPTED only',
      PLAYED,
      vector('G31b'),
    ),
    'CP-24': may(
      '2.2.1+',
      'a provider behind an eMSP may know a session by another id',
      because('The eMSP maps it; here a session has one id.'),
    ),
    'CP-25': should(
      '2.2.1+',
      'two parties do not control one session',
      because(
        'One profile is kept for each session, and the last word counts; those of an operator lie above it.',
      ),
      shownBy(CORE, 'a second profile has the id of the first and takes its place (D6-005)'),
    ),
  },
};
