import { expect, test } from '@jest/globals';
import type { StationReport } from '@roambridge/core';
import { databases, silentLog } from './support/databases.js';
import { onEveryDatabase } from './support/on-every-database.js';
import {
  attention,
  cdr,
  command,
  frame,
  partner,
  session,
  T0,
  tariff,
  time,
  token,
} from './support/samples.js';

const page = { offset: 0, limit: 50 };

onEveryDatabase((opened) => {
  test('partner tokens come back in clear, are encrypted at rest, and open with no other key', async () => {
    const { store, database } = opened;
    const { outboundToken: _, ...waiting } = partner('P0', { status: 'awaiting_registration' });
    await store.partners.put(waiting);
    await store.partners.put(partner('P1'));
    await store.partners.put(partner('P1', { name: 'renamed', inboundToken: 'secret-\u00e9' }));
    expect(await store.partners.list()).toEqual([
      waiting,
      partner('P1', { name: 'renamed', inboundToken: 'secret-\u00e9' }),
    ]);
    await store.close();
    const other = await database.open({ secretsKey: Buffer.alloc(32, 8) });
    await expect(other.partners.list()).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
    await other.close();
    await expect(database.open({ secretsKey: Buffer.alloc(16) })).rejects.toMatchObject({
      code: 'VALUE_INVALID',
    });
    opened.store = await database.open({ now: () => opened.clock.now });
    expect(await opened.store.partners.remove('P0')).toBe(true);
    expect(await opened.store.partners.remove('P0')).toBe(false);
  });

  test('an older token keeps what is stored (TO-05); uids are compared ignoring case', async () => {
    const { tokens } = opened.store;
    expect(await tokens.put('P1', token('AbC1', { last_updated: time(5) }))).toMatchObject({ created: true });
    expect(await tokens.put('P1', token('abc1', { last_updated: time(4), valid: false }))).toEqual({
      created: false,
      stored: token('AbC1', { last_updated: time(5) }),
    });
    const newer = token('ABC1', { last_updated: time(5), valid: false });
    expect(await tokens.put('P1', newer)).toEqual({ created: false, stored: newer });
    const key = { partnerId: 'P1', country_code: 'NL', party_id: 'MSP', uid: 'aBc1' };
    expect(await tokens.get(key)).toEqual(newer);
    expect(await tokens.get({ ...key, type: 'RFID' })).toEqual(newer);
    expect(await tokens.get({ ...key, type: 'APP_USER' })).toBeUndefined();
    expect(await tokens.get({ ...key, partnerId: 'P2' })).toBeUndefined();
    expect(await tokens.getByOwner({ country_code: 'NL', party_id: 'MSP', uid: 'abc1' })).toEqual({
      partnerId: 'P1',
      token: newer,
    });
  });

  test('a uid finds the tokens of registered partners only (D4-002)', async () => {
    const { tokens, partners } = opened.store;
    await partners.put(partner('P2'));
    await partners.put(partner('P3', { status: 'unregistered' }));
    for (const id of ['P2', 'P3', 'P4']) await tokens.put(id, token('Shared'));
    expect(await tokens.findByUid('SHARED')).toEqual([{ partnerId: 'P2', token: token('Shared') }]);
    await partners.remove('P2');
    await partners.put(partner('P2'));
    expect(await tokens.findByUid('SHARED')).toEqual([]);
    const newest = await tokens.page({ limit: 1 });
    expect(newest).toMatchObject({ items: [{ partnerId: 'P4' }], nextCursor: expect.any(String) });
    expect((await tokens.page({ limit: 9, partnerId: 'P3' })).items).toHaveLength(1);
  });

  test('what a partner said of a token before its latest change is kept with it (D2-073)', async () => {
    const { tokens, partners } = opened.store;
    await partners.put(partner('P6'));
    const first = token('Changed', { last_updated: time(1) });
    const second = token('Changed', { last_updated: time(2), valid: false });
    const told = async () => (await tokens.findByUid('changed'))[0];
    await tokens.put('P6', first);
    expect(await told()).toEqual({ partnerId: 'P6', token: first });
    await tokens.put('P6', second);
    // Told again it is no change, and told too late it counts for nothing (TO-05).
    await tokens.put('P6', second);
    await tokens.put('P6', first);
    expect(await told()).toEqual({ partnerId: 'P6', token: second, previous: first });
  });

  test('a contract finds tokens of type EMAID, also after it was changed (D4-006)', async () => {
    const { tokens, partners } = opened.store;
    await partners.put(partner('P5'));
    const contract = (contract_id: string, more: object = {}) =>
      token('uid-of-contract', { type: 'EMAID', contract_id, ...more });
    const key = 'NLMSPC00000001';
    await tokens.put('P5', token('a-card', { contract_id: 'NL-MSP-C00000001-2' }));
    expect(await tokens.findByContract(key)).toEqual([]);
    const written = contract('nl-msp-c00000001-2');
    await tokens.put('P5', written);
    expect(await tokens.findByContract(key)).toEqual([{ partnerId: 'P5', token: written }]);
    await tokens.put('P5', contract('NL-MSP-C00000002', { last_updated: time(9) }));
    expect(await tokens.findByContract(key)).toEqual([]);
    expect(await tokens.findByContract('NLMSPC00000002')).toHaveLength(1);
    await partners.remove('P5');
    expect(await tokens.findByContract('NLMSPC00000002')).toEqual([]);
  });

  test("the operator's own cards and the lists of stations are replaced by their key and removed", async () => {
    const { localTokens, localLists } = opened.store;
    await localTokens.put({ uid: 'Card', type: 'RFID' });
    await localTokens.put({ uid: 'CARD', type: 'RFID', blocked: true });
    expect(await localTokens.list()).toEqual([{ uid: 'CARD', type: 'RFID', blocked: true }]);
    expect(await localTokens.remove('card')).toBe(true);
    expect(await localTokens.remove('card')).toBe(false);
    const list = { stationId: 'S1', version: 1, sourceHash: 'h', entries: [] };
    await localLists.put(list);
    await localLists.put({ ...list, version: 2 });
    expect(await localLists.get('S1')).toEqual({ ...list, version: 2 });
    await localLists.remove('S1');
    expect(await localLists.get('S1')).toBeUndefined();
  });

  test('the device model of a station is replaced; of its reports the newest are kept; both go with it', async () => {
    const { deviceModels, reports, stations } = opened.store;
    await stations.put({ id: 'CS-R', securityProfile: 0, createdAt: T0 });
    await deviceModels.put('CS-R', { updatedAt: T0, variables: [] });
    const variable = { component: { name: 'EVSE', evseId: 1 }, variable: { name: 'Power' }, attributes: [] };
    await deviceModels.put('CS-R', { updatedAt: T0 + 1, variables: [variable] });
    expect(await deviceModels.get('CS-R')).toEqual({ updatedAt: T0 + 1, variables: [variable] });
    const report = (id: string): StationReport => ({
      id,
      stationId: 'CS-R',
      kind: 'inventory',
      requestId: 1,
      state: 'running',
      startedAt: T0,
      updatedAt: T0,
      parts: 0,
      missing: [],
      items: [],
    });
    for (let number = 1; number <= 22; number += 1) await reports.put(report(`r${number}`));
    await reports.put({ ...report('r22'), state: 'complete', items: [{ a: 1 }] });
    await reports.put({ ...report('other'), stationId: 'CS-S' });
    const first = await reports.page({ stationId: 'CS-R', limit: 15 });
    const { items: _items, ...head } = { ...report('r22'), state: 'complete' as const };
    expect(first.items[0]).toEqual(head);
    const rest = await reports.page({ stationId: 'CS-R', limit: 15, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, index) => `r${22 - index}`),
    );
    expect(await reports.get('CS-R', 'r22')).toEqual({ ...head, items: [{ a: 1 }] });
    expect(await reports.get('CS-R', 'other')).toBeUndefined();
    await stations.remove('CS-R');
    expect(await deviceModels.get('CS-R')).toBeUndefined();
    expect((await reports.page({ stationId: 'CS-R', limit: 5 })).items).toEqual([]);
    expect((await reports.page({ stationId: 'CS-S', limit: 5 })).items).toHaveLength(1);
  });

  test('tariffs are created, replaced, filtered and removed with their marks', async () => {
    const { tariffs, deliveries } = opened.store;
    const key = { country_code: 'DE', party_id: 'RBG', id: 'T1' };
    const mark = { partnerId: 'P1', kind: 'tariff' as const, key: 'DE/RBG/T1', dueAt: T0 };
    expect(await tariffs.put(tariff('T1'), [mark])).toEqual({ created: true });
    expect(await tariffs.put(tariff('T2', { last_updated: time(10) }), [])).toEqual({ created: true });
    expect(await tariffs.put(tariff('T1', { currency: 'CHF' }), [mark])).toEqual({ created: false });
    expect(await tariffs.get(key)).toMatchObject({ currency: 'CHF' });
    expect((await tariffs.list(page)).items.map(({ id }) => id)).toEqual(['T1', 'T2']);
    expect(await tariffs.list({ ...page, dateFrom: T0 + 1 })).toMatchObject({
      items: [{ id: 'T2' }],
      total: 1,
    });
    expect(await tariffs.list({ ...page, dateTo: T0 + 1 })).toMatchObject({
      items: [{ id: 'T1' }],
      total: 1,
    });
    expect((await tariffs.page({ limit: 5 })).items.map(({ id }) => id)).toEqual(['T2', 'T1']);
    expect(await tariffs.remove(key, [mark])).toBe(true);
    expect(await tariffs.remove(key, [mark])).toBe(false);
    expect(await deliveries.get('P1', 'tariff', 'DE/RBG/T1')).toMatchObject({ version: 3 });
  });

  test('a partner reads its own sessions, by creation and by last_updated', async () => {
    const { store } = opened;
    for (const [i, id] of ['s1', 's2', 's3', 's4'].entries()) {
      const owner = id === 's3' ? 'P9' : 'P8';
      await store.commit({ stationId: id, sessions: [session(id, id, owner, { last_updated: time(i) })] });
    }
    await store.commit({
      stationId: 's1',
      sessions: [session('s1', 's1', 'P8', { last_updated: time(60) })],
    });
    const list = (query: object) => store.sessions.list({ partnerId: 'P8', ...page, ...query });
    const ids = async (query: object) => (await list(query)).items.map(({ session: { id } }) => id);
    expect(await ids({})).toEqual(['s1', 's2', 's4']);
    expect(await ids({ dateFrom: T0 + 2000 })).toEqual(['s1', 's4']);
    expect(await ids({ dateFrom: T0 + 2000, dateTo: T0 + 60_000 })).toEqual(['s4']);
    expect(await list({ offset: 2, limit: 1 })).toMatchObject({
      items: [{ session: { id: 's4' } }],
      total: 3,
    });
    expect((await store.sessions.page({ limit: 9, stationId: 's3' })).items).toHaveLength(1);
    const [first] = (await list({})).items;
    expect(await store.sessions.getMany([first!.session.id, 'nobody'])).toEqual([first]);
    expect(await store.sessions.getMany([])).toEqual([]);
  });

  test('a CDR is seen when it is released and not held, and is never changed after that (CD-04)', async () => {
    const { store, clock } = opened;
    clock.now = T0;
    const put = (...records: ReturnType<typeof cdr>[]) => store.commit({ stationId: 'c', cdrs: records });
    const ids = async (now: number, query: object = {}) =>
      (await store.cdrs.list({ partnerId: 'PC', now, ...page, ...query })).items.map(
        (record) => record.cdr.id,
      );
    await put(
      cdr('held', 'c', 'PC', { hold: 'NO_TARIFF' }),
      cdr('soon', 'c', 'PC', { releaseAt: T0 + 100 }),
      cdr('now', 'c', 'PC'),
      cdr('other', 'c', 'PX'),
    );
    expect(await ids(T0)).toEqual(['now']);
    expect(await ids(T0 + 100)).toEqual(['now', 'soon']);
    expect(await ids(T0 + 100, { dateFrom: T0 + 1 })).toEqual(['soon']);
    expect(await ids(T0 + 100, { dateTo: T0 + 100 })).toEqual(['now']);

    await put(
      cdr('held', 'c', 'PC', { releaseAt: T0 + 200, remark: 'released' }),
      cdr('soon', 'c', 'PC', { releaseAt: T0 + 100, remark: 'corrected' }),
      cdr('now', 'c', 'PC', { remark: 'too late' }),
    );
    expect(await store.cdrs.get('now')).toEqual(cdr('now', 'c', 'PC'));
    expect(await store.cdrs.getMany(['now', 'nobody'])).toEqual([cdr('now', 'c', 'PC')]);
    expect((await store.cdrs.get('soon'))?.cdr.remark).toBe('corrected');
    clock.now = T0 + 100;
    await put(cdr('soon', 'c', 'PC', { remark: 'too late' }));
    expect((await store.cdrs.get('soon'))?.cdr.remark).toBe('corrected');
    expect(await ids(T0 + 200)).toEqual(['now', 'soon', 'held']);
    // A session has one CDR, and those that take it back and replace it (CD-20).
    const { cdr: taken } = cdr('now', 'c', 'PC');
    await put({ ...cdr('now-C', 'c', 'PC', { releaseAt: T0 + 900 }), cdr: { ...taken, id: 'now-C' } });
    const ofSession = await store.cdrs.ofSession(taken.session_id);
    expect(ofSession.map((record) => record.cdr.id)).toEqual(['now', 'now-C']);
    expect(await store.cdrs.ofSession('nobody')).toEqual([]);

    await store.deliveries.mark([{ partnerId: 'PC', kind: 'cdr', key: 'soon', dueAt: T0 }]);
    const { items } = await store.cdrs.page({ limit: 10 });
    expect(items.map((record) => [record.cdr.id, record.delivery?.version])).toEqual([
      ['now-C', undefined],
      ['other', undefined],
      ['now', undefined],
      ['soon', 1],
      ['held', undefined],
    ]);
    clock.now = T0;
  });

  test('pages stay as they were while new CDRs are released (PG-08)', async () => {
    const { store } = opened;
    const add = (from: number, to: number) =>
      store.commit({
        stationId: 'pages',
        cdrs: Array.from({ length: to - from }, (_, i) =>
          cdr(`page-${from + i}`, 'pages', 'PP', { releaseAt: T0 + from + i }),
        ),
      });
    const read = async (offset: number) =>
      (await store.cdrs.list({ partnerId: 'PP', now: T0 + 1000, offset, limit: 10 })).items.map(
        (record) => record.cdr.id,
      );
    await add(0, 35);
    const before = [await read(0), await read(10), await read(20)];
    await add(35, 70);
    expect([await read(0), await read(10), await read(20)]).toEqual(before);
    const all = new Set<string>();
    for (let offset = 0; offset < 70; offset += 10) for (const id of await read(offset)) all.add(id);
    expect(all.size).toBe(70);
  });

  test('a frame and the answer that was stored with it are two frames, newest first', async () => {
    const { store } = opened;
    await store.commit({
      stationId: 'pair',
      frames: [frame('pair', { raw: 'a' }), frame('pair', { raw: 'b', answer: '[3,"m1",{}]' })],
    });
    const { items } = await store.frames.page({ limit: 10, stationId: 'pair' });
    expect(items.map(({ direction, raw }) => [direction, raw])).toEqual([
      ['out', '[3,"m1",{}]'],
      ['in', 'b'],
      ['in', 'a'],
    ]);
    const first = await store.frames.page({ limit: 2, stationId: 'pair' });
    expect(first.items).toHaveLength(2);
    const second = await store.frames.page({ limit: 2, stationId: 'pair', cursor: first.nextCursor! });
    expect(second.items.map(({ raw }) => raw)).toEqual(['a']);
    const older = async (cursor: string) =>
      (await store.frames.page({ limit: 10, stationId: 'pair', cursor })).items.map(({ raw }) => raw);
    const [answer, call] = items;
    expect(await older(answer!.id)).toEqual(['b', 'a']);
    expect(await older(call!.id)).toEqual(['a']);
  });

  test('frames are read newest first and pruned by age', async () => {
    const { store } = opened;
    const frames = Array.from({ length: 6 }, (_, i) =>
      frame('F', { at: T0 - 1000 + i, action: i % 2 ? 'A' : 'B' }),
    );
    await store.commit({ stationId: 'F', frames });
    const first = await store.frames.page({ stationId: 'F', limit: 4 });
    expect(first.items.map(({ at }) => at - T0)).toEqual([-995, -996, -997, -998]);
    const rest = await store.frames.page({ stationId: 'F', limit: 4, cursor: first.nextCursor! });
    expect(rest.items.map(({ at }) => at - T0)).toEqual([-999, -1000]);
    expect(rest.nextCursor).toBeUndefined();
    expect((await store.frames.page({ stationId: 'F', limit: 9, actions: ['A'] })).items).toHaveLength(3);
    const older = await store.frames.page({ stationId: 'F', limit: 9, beforeAt: T0 - 998 });
    expect(older.items.map(({ at }) => at - T0)).toEqual([-999, -1000]);
    expect(await store.frames.prune(T0 - 997)).toBe(3);
    expect((await store.frames.page({ stationId: 'F', limit: 9 })).items).toHaveLength(3);
  });

  test('attention is resolved once and open again when it comes back', async () => {
    const { store } = opened;
    await store.commit({ stationId: 'x', attention: [attention('a1'), attention('a2')] });
    expect(await store.attention.resolve('a1', T0 + 1)).toBe(true);
    expect(await store.attention.resolve('a1', T0 + 2)).toBe(true);
    expect(await store.attention.resolve('a0', T0 + 1)).toBe(false);
    const list = async () => (await store.attention.page({ limit: 10 })).items;
    expect(await list()).toEqual([attention('a2'), attention('a1', { resolvedAt: T0 + 1 })]);
    await store.commit({ stationId: 'x', attention: [attention('a1')] });
    expect(await list()).toEqual([attention('a2'), attention('a1')]);
  });

  test('what a trace needs is found by message, correlation, transaction and subject', async () => {
    const { store } = opened;
    const call = frame('TR', {
      messageId: 'm-7',
      at: T0 + 5,
      correlationId: 'tx-"7"',
      answer: '[3,"m-7",{}]',
    });
    await store.commit({
      stationId: 'TR',
      frames: [
        call,
        frame('TR', { messageId: 'm-7', at: T0 + 6 }),
        frame('TQ', { messageId: 'm-7', at: T0 + 5 }),
      ],
      sessions: [session('tr-s', 'TR', 'PT')],
      commands: [command('tr-c', 'TR', { correlationId: 'corr-1', transactionId: 'tx-"7"' })],
      attention: [attention('tr-a', { subject: 'tx-"7"' }), attention('tr-b', { subject: 'tx' })],
    });
    const found = await store.frames.ofMessages('TR', [
      { messageId: 'm-7', at: T0 + 5 },
      { messageId: 'm-8', at: T0 + 6 },
    ]);
    expect(found.map(({ at, raw }) => [at, raw])).toEqual([[T0 + 5, call.raw]]);
    expect(await store.frames.ofMessages('TR', [])).toEqual([]);
    const correlated = await store.frames.correlated(['tx-"7"', 'other'], 10);
    expect(correlated.map(({ direction }) => direction)).toEqual(['out', 'in']);
    const { transactionId } = session('tr-s', 'TR', 'PT');
    expect((await store.sessions.ofTransaction(transactionId)).map((one) => one.session.id)).toEqual([
      'tr-s',
    ]);
    for (const id of ['corr-1', 'tx-"7"']) {
      expect((await store.commands.correlated(id)).map((one) => one.id)).toEqual(['tr-c']);
    }
    expect(await store.commands.correlated('tx')).toEqual([]);
    expect((await store.attention.about(['tx-"7"', 'nobody'])).map(({ id }) => id)).toEqual(['tr-a']);
    expect(await store.attention.about([])).toEqual([]);
  });

  test('settings are replaced, and the database answers', async () => {
    const { store } = opened;
    expect(await store.settings.get('name')).toBeUndefined();
    await store.settings.put('name', 'one');
    await store.settings.put('name', 'two');
    expect(await store.settings.get('name')).toBe('two');
    expect(await store.ping()).toBe(true);
    await store.close();
    expect(await store.ping()).toBe(false);
    await expect(store.settings.get('name')).rejects.toThrow();
    opened.store = await opened.database.open();
  });
});

test('an embedded database says in the log what it is for', async () => {
  const warnings: string[] = [];
  const database = await databases[0]!.create();
  await database.open({ log: { ...silentLog, warn: (_, message) => warnings.push(message) } });
  await database.dispose();
  expect(warnings).toEqual([expect.stringContaining('power cut')]);
});
