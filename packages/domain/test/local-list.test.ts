import { describe, expect, test } from '@jest/globals';
import { type ListCandidate, listDifference, listSource, targetList } from '../src/index.js';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const TRAITS = { idTokenMaxLength: 20, preAuthorize: true, maxEntries: 100 };

const candidate = (
  uid: string,
  token: Partial<ListCandidate['token']> = {},
  partnerId: string | null = 'P1',
): ListCandidate => ({
  ...(partnerId === null ? {} : { partnerId }),
  token: {
    uid,
    type: 'RFID',
    valid: true,
    whitelist: 'ALLOWED',
    last_updated: '2026-01-01T00:00:00Z',
    ...token,
  },
});

const uids = (candidates: ListCandidate[], traits = TRAITS) =>
  listSource(candidates, traits, NOW).accepted.map(({ uid }) => uid);

describe('which tokens are on a list (D4-040)', () => {
  test('ALWAYS and ALLOWED are, NEVER is not, an app is in nobody’s hand, a long uid does not fit', () => {
    expect(
      uids([
        candidate('B', { whitelist: 'ALWAYS' }),
        candidate('A'),
        candidate('N', { whitelist: 'NEVER' }),
        candidate('APP', { type: 'APP_USER' }),
        candidate('X'.repeat(21)),
      ]),
    ).toEqual(['A', 'B']);
  });

  test('ALLOWED_OFFLINE only where the station asks first', () => {
    const offline = [candidate('D', { whitelist: 'ALLOWED_OFFLINE' })];
    expect(uids(offline)).toEqual([]);
    expect(uids(offline, { ...TRAITS, preAuthorize: false })).toEqual(['D']);
  });

  test('of two tokens with one uid the valid one counts (D4-003)', () => {
    expect(uids([candidate('A', { valid: false }), candidate('a', {}, 'P2')])).toEqual(['a']);
  });

  test('a refused token is told as Blocked where it was on the list, and else not at all', () => {
    const source = listSource([candidate('A', { valid: false, group_id: 'G' }), candidate('B')], TRAITS, NOW);
    expect(source.accepted.map(({ uid }) => uid)).toEqual(['B']);
    expect(targetList(source, [], 100).map(({ uid }) => uid)).toEqual(['B']);
    const known = listSource([candidate('A'), candidate('B')], TRAITS, NOW).accepted;
    expect(targetList(source, known, 100)).toEqual([
      { uid: 'B', type: 'ISO14443', status: 'Accepted' },
      { uid: 'A', type: 'ISO14443', status: 'Blocked' },
    ]);
  });

  test("the operator's card that has expired is refused", () => {
    const card = candidate('S', { whitelist: 'ALWAYS', expires_at: '2026-02-01T00:00:00Z' }, null);
    expect(listSource([card], TRAITS, NOW)).toMatchObject({
      accepted: [],
      blocked: new Map([['s', expect.anything()]]),
    });
  });
});

test('a full list has a fair share of each partner, the newest first, the same every time (D4-041)', () => {
  const many = [
    ...['1', '2', '3'].map((n) => candidate(`A${n}`, { last_updated: `2026-01-0${n}T00:00:00Z` })),
    ...['1', '2', '3'].map((n) => candidate(`B${n}`, { last_updated: `2026-01-0${n}T00:00:00Z` }, 'P2')),
    candidate('OWN', { whitelist: 'ALWAYS' }, null),
  ];
  const traits = { ...TRAITS, maxEntries: 4 };
  expect(uids(many, traits)).toEqual(['A2', 'A3', 'B3', 'OWN']);
  expect(uids([...many].reverse(), traits)).toEqual(['A2', 'A3', 'B3', 'OWN']);
});

test('a difference has what changed and what went (D4-042)', () => {
  const entry = (uid: string, status: 'Accepted' | 'Blocked' = 'Accepted') => ({
    uid,
    type: 'ISO14443',
    status,
  });
  expect(
    listDifference([entry('A'), entry('B'), entry('C')], [entry('A'), entry('B', 'Blocked'), entry('D')]),
  ).toEqual({
    changed: [entry('B', 'Blocked'), entry('D')],
    removed: [entry('C')],
  });
});
