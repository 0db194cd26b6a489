import { shownBy } from '../shown.js';
import { ADAPTER, CREDENTIALS, INCOMING, LOCATIONS, PRICES, RULES_OF_PLACES, TOKENS } from './files.js';
import { may, must, ours, type Section } from './requirement.js';

const texts = shownBy(INCOMING, 'ids are printable ASCII, names any text without control characters');
const times = shownBy(INCOMING, 'a time is UTC with or without its Z, an offset is converted');
const prices = shownBy(PRICES, '2.2.1 both amounts, 2.3.0 the taxes between them (TY-14, TY-15, MP-07)');
const whole = shownBy(ADAPTER, 'have exactly the members of the version (MP-01 to MP-10)');
const nothing = shownBy(INCOMING, 'PUT replaces what it leaves out (ME-01, TY-09, TY-17)');
const kinds = shownBy(TOKENS, 'token types are closed up to 2.2.1 and open in 2.3.0 (TY-16, TY-18)');

export const DATA_TYPES: Section = {
  title: 'Data types',
  prefix: 'TY',
  requirements: {
    'TY-01': must(
      'all',
      'CiString: printable ASCII that ignores case and is kept as it was written',
      texts,
      shownBy(TOKENS, 'type is part of it; the body wins where the URL has none (TO-02, TO-03)'),
    ),
    'TY-02': must(
      '2.1.1',
      'ids are strings of ASCII whose case counts',
      texts,
      shownBy(LOCATIONS, 'ids ignore case from 2.2 on (TR-030)'),
    ),
    'TY-03': must('2.2.1+', 'strings are UTF-8 without control characters', texts),
    'TY-04': ours('2.1.1', 'names leave as UTF-8', whole),
    'TY-05': must(
      'all',
      'lengths hold in both directions, and count characters',
      shownBy(INCOMING, 'a length is counted in characters (TY-05)'),
      shownBy(TOKENS, 'what is missing or wrong is named (ST-08, ST-09, TY-05)'),
      whole,
    ),
    'TY-06': must('all', 'a time is UTC, with or without Z', times),
    'TY-07': ours(
      'all',
      'ours end with Z and have a fraction only where there is one, in 2.1.1 never; offsets are converted',
      times,
      shownBy(ADAPTER, '2.1.1 times have whole seconds (TY-07)'),
    ),
    'TY-08': must(
      'all',
      'a number is no text, and exact inside',
      shownBy(INCOMING, 'a number is a number, a truth value one (TY-08, ST-08)'),
      prices,
    ),
    'TY-09': must(
      'all',
      'null, absent and empty are the same; a list that needs an element has one',
      nothing,
    ),
    'TY-10': must('all', 'members have names in lower case', whole),
    'TY-11': must(
      'all',
      'an URL has 255 characters at most',
      shownBy(INCOMING, 'an URL has 255 characters at most and is absolute (TY-11, TR-029)'),
      shownBy(RULES_OF_PLACES, "{ operator: { name: 'X', website:"),
    ),
    'TY-12': must(
      'all',
      'a text for people has a language of two letters, 512 characters and no markup',
      shownBy(RULES_OF_PLACES, "'<b>links</b>'"),
      shownBy(RULES_OF_PLACES, "{ language: 'deu', text: 'links' }"),
    ),
    'TY-13': may(
      '2.2.1+',
      '#NA where a required text cannot be known',
      shownBy('packages/core/test/signed-data.test.ts', 'an unknown format is told as it came'),
    ),
    'TY-14': must('2.2.1', 'a price is without VAT, and with it where that is known', prices, whole),
    'TY-15': must('2.3.0', 'a price is before taxes, beside them the taxes', prices, whole),
    'TY-16': must('2.3.0', 'open enumerations take any value, closed ones only theirs', kinds, whole),
    'TY-17': must('2.3.0', 'unknown members do no harm', nothing),
    'TY-18': ours(
      '2.1.1, 2.2.1',
      'an unknown value costs its list item, or the whole where it is a single one',
      kinds,
      shownBy(CREDENTIALS, 'a role of 2.2.1 that 2.3.0 does not know is skipped'),
    ),
  },
};
