import { describe, expect, test } from '@jest/globals';
import { readTimestamp } from '../src/validation/timestamp.js';

const NOW = Date.UTC(2026, 5, 1, 12);
const AT = Date.UTC(2026, 4, 31, 10, 20, 30);

describe('times of chargers (A-094)', () => {
  test.each([
    ['RFC 3339 in UTC', '2026-05-31T10:20:30Z', AT, undefined],
    ['an offset', '2026-05-31T12:20:30+02:00', AT, undefined],
    ['a fraction of any length', '2026-05-31T10:20:30.1234567Z', AT + 123, undefined],
    ['an offset without colon', '2026-05-31T12:20:30+0200', AT, 'TIME_FORMAT'],
    ['an offset of hours only (Q-21)', '2026-05-31T12:20:30+02', AT, 'TIME_FORMAT'],
    ['lower case', '2026-05-31t10:20:30z', AT, 'TIME_FORMAT'],
    ['a blank instead of T', '2026-05-31 10:20:30Z', AT, 'TIME_FORMAT'],
    ['surrounding blanks', ' 2026-05-31T10:20:30Z ', AT, 'TIME_FORMAT'],
    ['a comma before the fraction', '2026-05-31T10:20:30,5Z', AT + 500, 'TIME_FORMAT'],
    ['no seconds', '2026-05-31T10:20Z', AT - 30_000, 'TIME_FORMAT'],
    ['no zone means UTC (Q-20)', '2026-05-31T10:20:30.000', AT, 'TIME_WITHOUT_ZONE'],
    ['milliseconds since 1970', AT, AT, 'TIME_FORMAT'],
    ['milliseconds as text', String(AT), AT, 'TIME_FORMAT'],
    ['24 h ahead is believed', '2026-06-02T12:00:00Z', NOW + 86_400_000, undefined],
    ['more than 24 h ahead becomes the time of receipt', '2026-06-02T12:00:01Z', NOW, 'TIME_IMPLAUSIBLE'],
    ['1970 becomes the time of receipt (Q-23, G39)', '1970-01-01T00:00:10Z', NOW, 'TIME_IMPLAUSIBLE'],
    ['the year 1 becomes the time of receipt (Q-23)', '0001-01-01T00:00:00Z', NOW, 'TIME_IMPLAUSIBLE'],
    ['2020 is believed', '2020-01-01T00:00:00Z', Date.UTC(2020, 0, 1), undefined],
    ['no time', undefined, NOW, 'TIME_MISSING'],
    ['null', null, NOW, 'TIME_MISSING'],
    ['empty text', '', NOW, 'TIME_MISSING'],
    ['no date at all', 'yesterday', NOW, 'TIME_UNREADABLE'],
    ['a month that does not exist', '2026-13-01T00:00:00Z', NOW, 'TIME_UNREADABLE'],
    ['an object', {}, NOW, 'TIME_UNREADABLE'],
  ])('%s', (_title, value, at, repair) => {
    const read = readTimestamp(value, NOW);
    expect(read.at).toBe(at);
    expect(read.repair).toBe(repair);
  });
});
