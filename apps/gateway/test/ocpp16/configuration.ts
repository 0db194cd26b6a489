import { expect } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import type { Cases, CaseWorld } from './cases.js';

/** Sends, and expects that exactly this reached the charger and its answer the operator. */
async function exchange(world: CaseWorld, action: string, payload: Payload, answer: Payload): Promise<void> {
  expect(await world.send(action, payload, answer)).toEqual({
    message_id: expect.any(String),
    outcome: 'result',
    payload: answer,
  });
  expect(world.sent(action)).toEqual(payload);
}

const schedule = (unit: 'A' | 'W', limit: number): Payload => ({
  duration: 600,
  chargingRateUnit: unit,
  chargingSchedulePeriod: [{ startPeriod: 0, limit }],
});

const profile = (more: Payload): Payload => ({
  connectorId: 1,
  csChargingProfiles: { chargingProfileId: 1, stackLevel: 0, chargingProfileKind: 'Relative', ...more },
});

const entry = (idTag: string): Payload => ({ idTag, idTagInfo: { status: 'Accepted' } });

export const configuration: Cases = {
  TC_019_1: {
    title: 'all configuration keys',
    async run(world) {
      const answer = await world.send('GetConfiguration', {});
      expect(world.sent('GetConfiguration')).toEqual({});
      expect(JSON.stringify(answer.payload)).toContain('NumberOfConnectors');
    },
  },
  TC_019_2: {
    title: 'one configuration key',
    async run(world) {
      const key = ['HeartbeatInterval'];
      expect(await world.send('GetConfiguration', { key })).toMatchObject({
        payload: { configurationKey: [{ key: 'HeartbeatInterval', readonly: false }] },
      });
      expect(world.sent('GetConfiguration')).toEqual({ key });
    },
  },
  TC_021: {
    title: 'MeterValueSampleInterval is changed',
    async run(world) {
      await world.send('ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '10' });
      const key = ['MeterValueSampleInterval'];
      expect(await world.send('GetConfiguration', { key })).toMatchObject({
        payload: { configurationKey: [{ key: 'MeterValueSampleInterval', value: '10' }] },
      });
    },
  },
  TC_040_1: {
    title: 'a key that the charger does not have: NotSupported',
    run: (world) =>
      exchange(world, 'ChangeConfiguration', { key: 'Nothing', value: '1' }, { status: 'NotSupported' }),
  },
  TC_040_2: {
    title: 'a value that the charger does not take: Rejected',
    run: (world) =>
      exchange(
        world,
        'ChangeConfiguration',
        { key: 'MeterValueSampleInterval', value: '-1' },
        { status: 'Rejected' },
      ),
  },
  TC_042_1: {
    title: 'a list version of -1 (not supported) is told',
    run: (world) => exchange(world, 'GetLocalListVersion', {}, { listVersion: -1 }),
  },
  TC_042_2: {
    title: 'a list version of 0 (empty) is told',
    run: (world) => exchange(world, 'GetLocalListVersion', {}, { listVersion: 0 }),
  },
  TC_043_1: {
    title: 'a local list: NotSupported',
    run: (world) =>
      exchange(
        world,
        'SendLocalList',
        { listVersion: 1, updateType: 'Full', localAuthorizationList: [entry('CERT003')] },
        { status: 'NotSupported' },
      ),
  },
  TC_043_3: {
    title: 'a local list: Failed',
    run: (world) =>
      exchange(
        world,
        'SendLocalList',
        { listVersion: 1, updateType: 'Full', localAuthorizationList: [entry('CERT003')] },
        { status: 'Failed' },
      ),
  },
  TC_043_4: {
    title: 'a full local list carries version and all entries',
    run: (world) =>
      exchange(
        world,
        'SendLocalList',
        {
          listVersion: 7,
          updateType: 'Full',
          localAuthorizationList: [entry('CERT-TAG-1'), entry('CERT-TAG-2')],
        },
        { status: 'Accepted' },
      ),
  },
  TC_043_5: {
    title: 'a differential local list carries its changes only',
    run: (world) =>
      exchange(
        world,
        'SendLocalList',
        {
          listVersion: 8,
          updateType: 'Differential',
          localAuthorizationList: [{ idTag: 'CERT-TAG-1' }, entry('CERT003')],
        },
        { status: 'Accepted' },
      ),
  },
  TC_056: {
    title: 'a TxDefaultProfile of 11 kW',
    run: (world) =>
      exchange(
        world,
        'SetChargingProfile',
        profile({ chargingProfilePurpose: 'TxDefaultProfile', chargingSchedule: schedule('W', 11_000) }),
        { status: 'Accepted' },
      ),
  },
  TC_057: {
    title: 'a TxProfile names its transaction',
    async run(world) {
      const transaction = await world.charger.startTransaction({ outlet: 1, idTag: 'CERT003' });
      await exchange(
        world,
        'SetChargingProfile',
        profile({
          chargingProfilePurpose: 'TxProfile',
          transactionId: transaction.id,
          chargingSchedule: schedule('A', 6),
        }),
        { status: 'Accepted' },
      );
    },
  },
  TC_061: {
    title: 'the cache is cleared',
    run: (world) => exchange(world, 'ClearCache', {}, { status: 'Accepted' }),
  },
  TC_064: {
    title:
      'DataTransfer of the charger: an unknown vendor, an unknown message, a rejected and an accepted one',
    async run(world) {
      const ask = (more: Payload) => world.tell('DataTransfer', { vendorId: 'com.example', ...more });
      expect(await ask({ vendorId: 'org.nobody', data: 'x' })).toEqual({ status: 'UnknownVendorId' });
      expect(await ask({ messageId: 'Nothing' })).toEqual({ status: 'UnknownMessageId' });
      expect(await ask({ messageId: 'Refuse', data: 'x' })).toEqual({ status: 'Rejected' });
      expect(await ask({ messageId: 'Echo', data: 'x' })).toEqual({ status: 'Accepted', data: 'x' });
      await exchange(world, 'DataTransfer', { vendorId: 'com.example', data: 'y' }, { status: 'Accepted' });
    },
  },
  TC_066: {
    title: 'a composite schedule of 600 s in W',
    run: (world) =>
      exchange(
        world,
        'GetCompositeSchedule',
        { connectorId: 1, duration: 600, chargingRateUnit: 'W' },
        { status: 'Accepted', connectorId: 1, chargingSchedule: schedule('W', 11_000) },
      ),
  },
  TC_067: {
    title: 'profiles are cleared by id, and by purpose and stack level',
    async run(world) {
      await exchange(world, 'ClearChargingProfile', { id: 1 }, { status: 'Accepted' });
      await exchange(
        world,
        'ClearChargingProfile',
        { connectorId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 0 },
        { status: 'Unknown' },
      );
    },
  },
};
