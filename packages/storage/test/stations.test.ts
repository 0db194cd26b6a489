import { expect, test } from '@jest/globals';
import type { Reservation, SessionProfile } from '@roambridge/core';
import { onEveryDatabase } from './support/on-every-database.js';
import {
  command,
  evse,
  location,
  reservation,
  reserveNow,
  session,
  station,
  T0,
  transaction,
  transactionEvent,
} from './support/samples.js';

onEveryDatabase((opened) => {
  test('stations are listed by creation, replaced by id and removed', async () => {
    const { stations } = opened.store;
    await stations.put(station('CP 1'));
    await stations.put(station('CP2'));
    await stations.put({ ...station('CP 1'), securityProfile: 2 });
    expect(await stations.list()).toEqual([{ ...station('CP 1'), securityProfile: 2 }, station('CP2')]);
    await expect(stations.put(station('cp2'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await stations.remove('CP 1')).toBe(true);
    expect(await stations.remove('CP 1')).toBe(false);
    expect((await stations.list()).map(({ id }) => id)).toEqual(['CP2']);
  });

  test('a snapshot has all that rebuilds a station, and nothing of others', async () => {
    const { store, clock } = opened;
    await store.stations.put(station('A'));
    await store.stations.put(station('B'));
    await store.locations.put(
      location('LA', [
        evse('E2', { ocpp: { station_id: 'A', evse_id: 2 } }),
        evse('E1', { ocpp: { station_id: 'A', evse_id: 1 } }),
        evse('EB', { ocpp: { station_id: 'B', evse_id: 1 } }),
      ]),
      [],
    );
    const open = transaction('t-open', 'A', { naturalKey: 'key' });
    const own = { ...session('s-open', 'A', 'P1'), transactionId: 't-open' };
    const state = { connectors: [], remoteStartId: 4, lastConnectedAt: T0 };
    const [waiting, over] = [
      command('c1', 'A', { state: 'settled' }),
      command('c2', 'A', { windowEndsAt: T0 }),
    ];
    await store.commit({
      stationId: 'A',
      stationState: state,
      transactions: [open, transaction('t-closed', 'A', { open: false })],
      transactionEvents: [2, 0, 1].map((ordinal) => transactionEvent('t-open', 'A', ordinal)),
      sessions: [own],
      commands: [waiting, over, command('c3', 'A', { windowEndsAt: T0, state: 'settled' })],
      evseStatuses: [{ stationId: 'A', evseId: 1, status: 'CHARGING', lastUpdated: T0 + 1 }],
    });
    await store.commit({
      stationId: 'A',
      reservations: [reservation('r1', 'A'), reservation('r2', 'A', { status: 'used' })],
    });
    clock.now = T0 + 1;
    const [b, a, ...none] = await store.stations.snapshots(['B', 'A', 'unknown']);
    expect(none).toEqual([]);
    expect(b).toMatchObject({ station: station('B'), state: { connectors: [], remoteStartId: 0 } });
    expect(b?.bindings.map((binding) => binding.evseUid)).toEqual(['EB']);
    expect(b?.openTransactions).toEqual([]);
    expect(a?.state).toEqual(state);
    expect(a?.bindings).toMatchObject([
      { evseId: 1, evseUid: 'E1', status: 'CHARGING', lastUpdated: T0 + 1, location: { id: 'LA' } },
      { evseId: 2, evseUid: 'E2', status: 'AVAILABLE', lastUpdated: T0 },
    ]);
    expect(a?.openTransactions).toEqual([
      {
        transaction: open,
        events: [0, 1, 2].map((ordinal) => transactionEvent('t-open', 'A', ordinal)),
        session: own,
      },
    ]);
    expect(a?.commands.map(({ id }) => id).sort()).toEqual(['c1', 'c2']);
    expect(a?.reservations).toEqual([reservation('r1', 'A')]);
    expect(b?.reservations).toEqual([]);
    expect(await store.stations.snapshots([])).toEqual([]);
    expect(await store.stations.unfinished()).toEqual(['A']);

    await store.stations.remove('A');
    expect(await store.sessions.get('s-open')).toEqual(own);
    expect(await store.transactions.get('t-open')).toEqual(open);
  });

  test('a repeated start is found by its natural key, and a reused id means its newest transaction (D2-051)', async () => {
    const { store } = opened;
    await store.commit({
      stationId: 'N',
      transactions: [
        transaction('n1', 'N', { ocppTransactionId: '7', naturalKey: '1|card|t|0', open: false }),
        transaction('n2', 'N', { ocppTransactionId: '7' }),
      ],
    });
    expect(await store.transactions.findByNaturalKey('N', '1|card|t|0')).toMatchObject({ id: 'n1' });
    expect(await store.transactions.findByNaturalKey('M', '1|card|t|0')).toBeUndefined();
    expect(await store.transactions.findByOcppId('N', '7')).toMatchObject({ id: 'n2' });
    await expect(
      store.commit({ stationId: 'N', transactions: [transaction('n3', 'N', { naturalKey: '1|card|t|0' })] }),
    ).rejects.toMatchObject({ code: '23505' });
    const ids = async (query: { stationId?: string; open?: boolean }) =>
      (await store.transactions.list({ limit: 10, ...query })).items.map(({ id }) => id);
    expect(await ids({ stationId: 'N' })).toEqual(['n2', 'n1']);
    expect(await ids({ stationId: 'N', open: false })).toEqual(['n1']);
    expect(await ids({ open: true })).toEqual(['n2', 't-open']);
  });

  test('transaction ids are handed out in rows, once for ever (D2-050)', async () => {
    const { store, database } = opened;
    const firsts = await Promise.all(Array.from({ length: 20 }, () => store.reserveTransactionIds(5)));
    expect(firsts.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 1 + 5 * i));
    await store.close();
    opened.store = await database.open();
    expect(await opened.store.reserveTransactionIds(1)).toBe(101);
    await expect(opened.store.reserveTransactionIds(0)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await expect(opened.store.reserveTransactionIds(2 ** 31 - 101)).rejects.toMatchObject({
      code: 'TRANSACTION_IDS_EXHAUSTED',
    });
    expect(await opened.store.reserveTransactionIds(2 ** 31 - 102)).toBe(102);
    await expect(opened.store.reserveTransactionIds(1)).rejects.toMatchObject({
      code: 'TRANSACTION_IDS_EXHAUSTED',
    });
  });

  test('reservation numbers are their own row, and reservations are listed by station, newest first (D5-040)', async () => {
    const { store } = opened;
    expect([await store.reserveReservationIds(3), await store.reserveReservationIds(1)]).toEqual([1, 4]);
    const made = reservation('r3', 'B');
    await store.commit({ stationId: 'B', reservations: [made] });
    await store.commit({ stationId: 'B', reservations: [{ ...made, status: 'expired', endedAt: T0 }] });
    expect(await store.reservations.get('r3')).toEqual({ ...made, status: 'expired', endedAt: T0 });
    expect(await store.reservations.get('r0')).toBeUndefined();
    const ids = async (stationId?: string) =>
      (
        await store.reservations.page({ limit: 10, ...(stationId === undefined ? {} : { stationId }) })
      ).items.map(({ id }) => id);
    expect(await ids()).toEqual(['r3', 'r2', 'r1']);
    expect(await ids('A')).toEqual(['r2', 'r1']);
  });

  test('a command is found by its request within its time (D5-003)', async () => {
    const { store } = opened;
    await store.commit({
      stationId: 'K',
      commands: [command('k1', 'K'), command('k1', 'K', { state: 'sent' })],
    });
    expect(await store.commands.get('k1')).toMatchObject({ state: 'sent' });
    expect(await store.commands.findByRequestKey('key-k1', T0)).toMatchObject({ id: 'k1' });
    expect(await store.commands.findByRequestKey('key-k1', T0 + 1)).toBeUndefined();
    expect(await store.stations.unfinished()).toContain('K');
  });

  test('a partner finds the newest reservation of its own id, an active one before those that are over (D5-040)', async () => {
    const { store } = opened;
    const made = (id: string, stationId: string, changes: Partial<Reservation> = {}): Reservation =>
      reservation(id, stationId, {
        partnerId: 'P7',
        partner: { reservationId: 'Res-9', command: reserveNow(`c-${id}`, stationId) },
        ...changes,
      });
    const find = async (id: string, partnerId = 'P7') =>
      (await store.reservations.findByPartner(partnerId, id))?.id;
    await store.commit({ stationId: 'A', reservations: [made('p1', 'A', { status: 'expired' })] });
    await store.commit({ stationId: 'B', reservations: [made('p2', 'B', { status: 'cancelled' })] });
    expect(await find('RES-9')).toBe('p2');
    expect(await find('RES-9', 'P8')).toBeUndefined();
    expect(await find('RES-1')).toBeUndefined();
    await store.commit({ stationId: 'A', reservations: [made('p1', 'A')] });
    expect(await find('res-9')).toBe('p1');
    await store.commit({ stationId: 'A', reservations: [made('p3', 'A')] });
    expect(await find('res-9')).toBe('p3');
  });

  test('what is known of a charging profile is kept by its session, with its open transaction (D6-005, D6-030)', async () => {
    const { store } = opened;
    const profile: SessionProfile = {
      sessionId: 'session-cp',
      partnerId: 'P1',
      stationId: 'CP',
      transactionId: 'cp',
      setByPartner: true,
      profile: { charging_rate_unit: 'A', charging_profile_period: [{ start_period: 0, limit: 10.5 }] },
      from: { country_code: 'DE', party_id: 'RBG' },
      to: { country_code: 'NL', party_id: 'MSP' },
      updatedAt: T0,
    };
    await store.stations.put(station('CP'));
    await store.commit({
      stationId: 'CP',
      transactions: [transaction('cp', 'CP'), transaction('plain', 'CP')],
      chargingProfiles: [profile],
    });
    expect(await store.chargingProfiles.get('session-cp')).toEqual(profile);
    expect(await store.chargingProfiles.get('session-none')).toBeUndefined();
    const { profile: _, ...cleared } = { ...profile, updatedAt: T0 + 1 };
    // Of several in one commit the last counts.
    await store.commit({ stationId: 'CP', chargingProfiles: [profile, cleared] });
    expect(await store.chargingProfiles.get('session-cp')).toEqual(cleared);
    const [snapshot] = await store.stations.snapshots(['CP']);
    const profiles = snapshot?.openTransactions.map((open) => [open.transaction.id, open.profile]);
    expect(new Map(profiles as [string, SessionProfile | undefined][])).toEqual(
      new Map([
        ['cp', cleared],
        ['plain', undefined],
      ]),
    );
  });
});
