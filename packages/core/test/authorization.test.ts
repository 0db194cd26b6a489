import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Token } from '@roambridge/domain';
import type { AuthorizationOutcome, CoreSettings, Store } from '../src/index.js';
import { frame, type RunningCore, startCore, until } from './support/running-core.js';

const ALLOWED: AuthorizationOutcome = {
  kind: 'answered',
  allowed: 'ALLOWED',
  authorizationReference: 'AR-1',
};
const BLOCKED: AuthorizationOutcome = { kind: 'answered', allowed: 'BLOCKED' };

async function running(
  settings: Partial<CoreSettings> = {},
  wrap?: (store: Store) => Store,
): Promise<RunningCore> {
  const started = await startCore(wrap, { settings });
  await pushToken(started, 'ASK', 'NEVER');
  return started;
}

function pushToken({ core }: RunningCore, uid: string, whitelist: Token['whitelist'], more: object = {}) {
  return core.operator.putToken({
    country_code: 'NL',
    party_id: 'MSP',
    uid,
    type: 'RFID',
    contract_id: `NL-${uid}`,
    issuer: 'eMSP',
    valid: true,
    whitelist,
    last_updated: new Date().toISOString(),
    ...more,
  });
}

const authorize = ({ core }: RunningCore, idToken: string, type = 'unknown') =>
  core.charger.authorize('CS-1', { idToken: { idToken, type } }, frame('Authorize'));

/** The one with the settings as they are, for all tests that need no other. */
let world: RunningCore;
beforeAll(async () => {
  world = await running();
});
afterAll(() => world.stop());

let starts = 0;

function startWith({ core }: RunningCore, idToken: string, evseId = 1) {
  const at = Date.now();
  starts += 1;
  return core.charger.recordTransactionEvent(
    'CS-1',
    {
      eventType: 'Started',
      naturalKey: `${evseId}|${idToken}|${at}|${starts}`,
      at,
      receivedAt: at,
      offline: false,
      evseId,
      connectorId: 1,
      idToken: { idToken, type: 'unknown' },
      meterStartWh: 1_000,
      meterValues: [],
    },
    frame('StartTransaction'),
  );
}

test('Authorize and the start after it ask once, and the session carries the reference (D4-021, D4-050)', async () => {
  world.authorize = () => ALLOWED;
  expect(await authorize(world, 'ask')).toMatchObject({ status: 'Accepted' });
  expect((await startWith(world, 'ASK')).authorization).toMatchObject({ status: 'Accepted' });
  expect(world.asked).toEqual([
    {
      uid: 'ASK',
      type: 'RFID',
      from: { country_code: 'DE', party_id: 'RBG' },
      to: { country_code: 'NL', party_id: 'MSP' },
      location: { locationId: 'L1', evseUids: ['E1'] },
    },
  ]);
  const { items } = await world.core.operator.sessions({ limit: 1 });
  expect(items[0]).toMatchObject({ auth_method: 'AUTH_REQUEST', authorization_reference: 'AR-1' });
});

test('what the eMSP says anew of its token ends the answer that was remembered', async () => {
  world.authorize = () => ALLOWED;
  await pushToken(world, 'ANEW', 'NEVER');
  await authorize(world, 'ANEW');
  await pushToken(world, 'ANEW', 'NEVER', { last_updated: new Date(Date.now() + 1_000).toISOString() });
  world.authorize = () => BLOCKED;
  expect(await authorize(world, 'ANEW')).toMatchObject({ status: 'Blocked' });
});

test('an eMSP that wants to know more was told all that there is: that is a no (TO-22)', async () => {
  await pushToken(world, 'MORE', 'ALLOWED_OFFLINE');
  world.asked.length = 0;
  world.authorize = () => ({ kind: 'not-enough-information' });
  expect(await authorize(world, 'MORE')).toMatchObject({ status: 'Invalid' });
  expect(world.asked).toMatchObject([{ uid: 'MORE', location: { locationId: 'L1' } }]);
});

test('parallel questions about a token share one request (D4-021)', async () => {
  let answer = (_outcome: AuthorizationOutcome): void => {};
  await pushToken(world, 'BOTH', 'NEVER');
  world.asked.length = 0;
  world.authorize = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const both = [authorize(world, 'BOTH'), authorize(world, 'BOTH')];
  await until(() => world.asked.length > 0);
  answer(ALLOWED);
  expect(await Promise.all(both)).toMatchObject([{ status: 'Accepted' }, { status: 'Accepted' }]);
  expect(world.asked).toHaveLength(1);
});

test('while an eMSP is asked, nothing else of the station waits, and a token of another kind is answered (A-073)', async () => {
  let answer = (_outcome: AuthorizationOutcome): void => {};
  await pushToken(world, 'SLOW', 'NEVER');
  world.asked.length = 0;
  world.authorize = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const waiting = authorize(world, 'SLOW');
  await until(() => world.asked.length > 0);
  expect((await startWith(world, 'CARD')).authorization).toMatchObject({ status: 'Accepted' });
  answer(BLOCKED);
  expect(await waiting).toMatchObject({ status: 'Blocked' });
});

test('a partner that does not answer is left alone after five failures (D4.2)', async () => {
  const world = await running();
  for (let time = 0; time < 8; time += 1) {
    expect(await authorize(world, 'ASK')).toMatchObject({ status: 'Invalid' });
  }
  expect(world.asked).toHaveLength(5);
  await world.stop();
});

test('nobody is asked about an unknown token, unless the operator wants it; then it is learned (D4.2, TO-24)', async () => {
  world.asked.length = 0;
  expect(await authorize(world, 'NEWCARD')).toEqual({ status: 'Unknown' });
  expect(world.asked).toEqual([]);

  const curious = await running({ rtaUnknown: 'all' });
  curious.authorize = ({ uid }) => ({
    ...ALLOWED,
    kind: 'answered',
    allowed: 'ALLOWED',
    token: {
      country_code: uid === 'FOREIGN' ? 'XX' : 'NL',
      party_id: 'MSP',
      uid,
      type: 'RFID',
      contract_id: 'NL-NEW',
      issuer: 'eMSP',
      valid: true,
      whitelist: 'ALLOWED',
      last_updated: new Date().toISOString(),
    },
  });
  expect(await authorize(curious, 'NEWCARD')).toMatchObject({ status: 'Accepted' });
  expect(await authorize(curious, 'NEWCARD')).toMatchObject({ status: 'Accepted' });
  expect(curious.asked).toHaveLength(1);
  // An eMSP does not speak for another one (S11).
  expect(await authorize(curious, 'FOREIGN')).toMatchObject({ status: 'Unknown' });
  await curious.stop();
});

test("the operator's own cards are accepted, blocked or expired, and on nobody's account", async () => {
  const { operator } = world.core;
  await world.core.idle();
  const before = (await operator.sessions({ limit: 20 })).items.length;
  world.told.length = 0;
  await operator.putLocalToken({ uid: 'Staff-1', type: 'RFID', group_id: 'MASTER' });
  await operator.putLocalToken({ uid: 'LOST', type: 'RFID', blocked: true });
  await operator.putLocalToken({ uid: 'OLD', type: 'RFID', expires_at: '2020-01-01T00:00:00Z' });
  // C-031: the group of a master pass is told like any other.
  expect(await authorize(world, 'STAFF-1')).toEqual({ status: 'Accepted', groupId: 'MASTER' });
  expect(await authorize(world, 'LOST')).toEqual({ status: 'Blocked' });
  expect(await authorize(world, 'OLD')).toMatchObject({ status: 'Expired' });
  expect((await startWith(world, 'staff-1')).authorization).toMatchObject({ status: 'Accepted' });
  await world.core.idle();
  expect((await operator.sessions({ limit: 20 })).items).toHaveLength(before);
  expect(world.told.filter(({ kind }) => kind === 'session')).toEqual([]);
  expect(await operator.removeLocalToken('lost')).toBe(true);
  expect(await authorize(world, 'LOST')).toEqual({ status: 'Unknown' });
});

test("the operator's own cards come first where it wants them so (D4-002)", async () => {
  for (const [localTokensFirst, status] of [
    [false, 'Accepted'],
    [true, 'Blocked'],
  ] as const) {
    const other = localTokensFirst ? await running({ localTokensFirst }) : world;
    await other.core.operator.putLocalToken({ uid: 'card', type: 'RFID', blocked: true });
    expect(await authorize(other, 'CARD')).toMatchObject({ status });
    await other.core.operator.removeLocalToken('card');
    if (other !== world) await other.stop();
  }
});

test('with CONCURRENT_SESSIONS=deny a token pays for one transaction at a time (D4-032)', async () => {
  const world = await running({ concurrentSessions: 'deny' });
  expect((await startWith(world, 'CARD', 1)).authorization).toMatchObject({ status: 'Accepted' });
  expect((await startWith(world, 'CARD', 2)).authorization).toEqual({ status: 'ConcurrentTx' });
  expect(await authorize(world, 'CARD')).toMatchObject({ status: 'Accepted' });
  await world.stop();
});

test('without the database the last decision of the day counts, and an unknown card is refused (D4-030)', async () => {
  let fail = false;
  const world = await running({}, (store) => ({
    ...store,
    commit: (writes) => (fail ? Promise.reject(new Error('no database')) : store.commit(writes)),
    tokens: {
      ...store.tokens,
      findByUid: (uid) => (fail ? Promise.reject(new Error('no database')) : store.tokens.findByUid(uid)),
    },
  }));
  expect(await authorize(world, 'CARD')).toMatchObject({ status: 'Accepted' });
  fail = true;
  expect(await authorize(world, 'CARD')).toMatchObject({ status: 'Accepted' });
  expect(await authorize(world, 'OTHER')).toMatchObject({ status: 'Invalid' });
  fail = false;
  await world.stop();
});
