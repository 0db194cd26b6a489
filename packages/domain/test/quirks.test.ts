import { describe, expect, test } from '@jest/globals';
import { MODEL_QUIRKS, momentOfLocalTime, QUIRKS, quirksInForce, quirksShownBy } from '../src/index.js';

test('the catalogue has 65 quirks, and each says what is done about it', () => {
  expect(Object.keys(QUIRKS)).toHaveLength(65);
  for (const { does, handled, seenAt } of Object.values(QUIRKS)) {
    expect([does, handled, seenAt].every((text) => text.length > 2)).toBe(true);
  }
});

describe('a frame shows quirks by its anomalies', () => {
  test('by a line, by a pattern, and by a line of one action', () => {
    const shownBy = (action: string, ...anomalies: string[]) => quirksShownBy({ action, anomalies });
    expect(shownBy('MeterValues', 'TEXT_AS_NUMBER /value')).toEqual(['Q-25']);
    expect(shownBy('MeterValues', 'TIME_WITHOUT_ZONE /timestamp', 'TEXT_AS_NUMBER /value')).toEqual([
      'Q-20',
      'Q-25',
    ]);
    expect(shownBy('StartTransaction', '/connectorId: is required')).toEqual(['Q-17']);
    expect(shownBy('MeterValues', '/connectorId: is required')).toEqual([]);
  });

  test('a frame without anomalies shows none', () => {
    expect(quirksShownBy({ action: 'Heartbeat', anomalies: [] })).toEqual([]);
  });
});

describe('the switches that count for a station', () => {
  const aefa = { vendor: 'AEFA Energie', model: 'X' };

  test('are those of its make, by patterns without case', () => {
    expect(quirksInForce(undefined, aefa)).toEqual(['repair_json']);
    expect(quirksInForce(undefined, { vendor: 'abb', model: 'Terra AC', firmwareVersion: '1.8' })).toEqual([
      'min_limit_a',
    ]);
    expect(quirksInForce(undefined, { vendor: 'Nobody', model: 'AEFA' })).toEqual([]);
    expect(quirksInForce(['uid_variants'], undefined)).toEqual(['uid_variants']);
  });

  test('and those that the operator stated; a minus takes one of the make off', () => {
    expect(quirksInForce(['ping_interval=0'], aefa)).toEqual(['ping_interval=0', 'repair_json']);
    expect(quirksInForce(['-repair_json', 'ping_interval=0'], aefa)).toEqual(['ping_interval=0']);
  });

  test('never change energy, time or money by the make alone (D2-036, D2-062)', () => {
    const given = MODEL_QUIRKS.flatMap(({ quirks }) => quirks);
    expect(given.filter((quirk) => /clock_offset|energy|station_tz/.test(quirk))).toEqual([]);
  });
});

describe('local time (Q-20)', () => {
  test('is that of the zone, summer and winter', () => {
    expect(momentOfLocalTime('2026-03-01T11:00:00.000', 'Europe/Amsterdam')).toBe(Date.UTC(2026, 2, 1, 10));
    expect(momentOfLocalTime('2026-07-01T11:00:00', 'Europe/Amsterdam')).toBe(Date.UTC(2026, 6, 1, 9));
  });

  test('is none in a zone that does not exist, or of a day that does not', () => {
    expect(momentOfLocalTime('2026-03-01T11:00:00', 'Nowhere/City')).toBeUndefined();
    expect(momentOfLocalTime('2026-02-30T11:00:00', 'Europe/Amsterdam')).toBeUndefined();
  });
});
