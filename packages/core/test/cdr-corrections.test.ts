import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cdr } from '@roambridge/domain';
import type { CdrRecord, CoreSettings, Notice, Registration } from '../src/index.js';
import { frame, type RunningCore, start, startCore, stop, until } from './support/running-core.js';

let running: RunningCore;
beforeEach(async () => {
  running = await startCore();
});
afterEach(() => running.stop());

const REGISTRATION: Registration = {
  version: '2.2.1',
  versionsUrl: 'http://localhost/versions',
  outboundToken: 'their-token',
  tokenEncoding: 'base64',
  roles: [{ role: 'EMSP', country_code: 'NL', party_id: 'MSP', name: 'eMSP' }],
  endpoints: [],
};

const told = (): Cdr[] =>
  running.told.flatMap((notice: Notice) => (notice.kind === 'cdr' ? [notice.cdr] : []));

/** 2 kWh at 0.30 EUR, told to the partner. */
async function billed(): Promise<CdrRecord> {
  await charge();
  await until(() => told().length === 1);
  await running.core.idle();
  return (await cdrs())[0]!;
}

async function charge(): Promise<void> {
  const { ocppTransactionId } = await start(running.core);
  await stop(running.core, ocppTransactionId);
}

const cdrs = async () => (await running.core.operator.cdrs({ limit: 10 })).items;
const open = async () =>
  (await running.core.operator.attention({ limit: 10 })).items.filter((entry) => !entry.resolvedAt);

describe('a CDR that was sent', () => {
  test('is taken back by a copy with its own id and nothing but the total negated (CD-20, CD-22)', async () => {
    const { cdr } = await billed();
    await running.core.operator.creditCdr(cdr.id, 'charged by mistake');
    await until(() => told().length === 2);
    const [original, credit] = told();
    expect(credit).toEqual({
      ...original,
      id: `${cdr.id}-C`,
      credit: true,
      credit_reference_id: cdr.id,
      total_cost: { excl_vat: '-0.6' },
      last_updated: expect.any(String),
    });
    expect(credit!.total_energy_cost).toEqual({ excl_vat: '0.6' });
    expect(credit!.id.length).toBeLessThanOrEqual(39);
  });

  test('is taken back once, however often it is asked for (CD-20)', async () => {
    const { cdr } = await billed();
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => running.core.operator.creditCdr(cdr.id, 'again')),
    );
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await until(() => told().length === 2);
    await running.core.idle();
    expect(told()).toHaveLength(2);
    await expect(running.core.operator.creditCdr(`${cdr.id}-C`, 'the credit')).rejects.toMatchObject({
      status: 409,
    });
  });

  test('is corrected by its credit and then a CDR with a new id, each told once (D3-030, CD-21)', async () => {
    const { cdr } = await billed();
    await running.core.operator.correctCdr(cdr.id, { reason: 'meter exchanged', energyWh: 1_500 });
    await until(() => told().length === 3);
    const [, credit, corrected] = told();
    expect(credit!.credit_reference_id).toBe(cdr.id);
    expect(corrected).toMatchObject({ total_energy: '1.5', total_cost: { excl_vat: '0.45' } });
    expect(corrected!.id).not.toBe(cdr.id);
    expect(corrected!.id.length).toBeLessThanOrEqual(36);
    expect(corrected).not.toHaveProperty('credit');
    expect(corrected!.charging_periods.flatMap(({ dimensions }) => dimensions)).toContainEqual({
      type: 'ENERGY',
      volume: '1.5',
    });

    await running.core.operator.correctCdr(corrected!.id, { reason: 'once more', energyWh: 1_600 });
    await until(() => told().length === 5);
    await running.core.idle();
    expect(told()[3]!.credit_reference_id).toBe(corrected!.id);
    expect(new Set(told().map(({ id }) => id)).size).toBe(5);
  });

  test('keeps the order original, credit, correction when the partner was away (D3-030)', async () => {
    let away = true;
    running.answer = (notice) =>
      notice.kind === 'cdr' && away && notice.cdr.credit === undefined
        ? { kind: 'unreachable', detail: 'away' }
        : { kind: 'acknowledged' };
    await charge();
    await until(() => told().length > 0);
    const { cdr } = (await cdrs())[0]!;
    await running.core.operator.correctCdr(cdr.id, { reason: 'too much', energyWh: 1_000 });
    await new Promise((tick) => setTimeout(tick, 300));
    expect(told().some(({ credit }) => credit)).toBe(false);
    away = false;
    await until(async () => told().at(-1)?.total_energy === '1');
    const acknowledged = told().filter((one, at, all) => all[at + 1]?.id !== one.id);
    expect(acknowledged.map(({ credit, total_energy }) => [credit, total_energy])).toEqual([
      [undefined, '2'],
      [true, '2'],
      [undefined, '1'],
    ]);
  });

  test('is not corrected to the same bill', async () => {
    const { cdr } = await billed();
    await expect(running.core.operator.correctCdr(cdr.id, { reason: 'look' })).rejects.toMatchObject({
      status: 409,
    });
    expect(await cdrs()).toHaveLength(1);
  });

  test('stays as it is for a partner that knows no credits, and a person is told (CD-25)', async () => {
    const { cdr, partnerId } = await billed();
    const news: unknown[] = [];
    running.core.operator.subscribe({ topics: ['attention'] }, ({ data }) => news.push(data));
    await running.core.partner.updateRegistration(partnerId, { ...REGISTRATION, version: '2.1.1' });
    await running.core.operator.correctCdr(cdr.id, { reason: 'meter exchanged', energyWh: 1_500 });
    await running.core.idle();
    expect(told()).toHaveLength(1);
    // A page that shows what needs attention hears of it at once.
    const held = { kind: 'cdr-held:NOT_TELLABLE', message: expect.any(String) };
    expect(news).toEqual([expect.objectContaining(held), expect.objectContaining(held)]);
    expect((await cdrs()).map(({ hold }) => hold)).toEqual(['NOT_TELLABLE', 'NOT_TELLABLE', undefined]);
    expect((await open()).map(({ kind }) => kind)).toEqual([
      'cdr-held:NOT_TELLABLE',
      'cdr-held:NOT_TELLABLE',
    ]);
  });
});

describe('a CDR that is held', () => {
  beforeEach(async () => {
    await running.core.operator.removeTariff({ country_code: 'DE', party_id: 'RBG', id: 'T1' });
    await charge();
    await until(async () => (await cdrs()).length === 1);
  });

  const tariff = (price: number) =>
    running.core.operator.putTariff({
      country_code: 'DE',
      party_id: 'RBG',
      id: 'T1',
      currency: 'EUR',
      elements: [{ price_components: [{ type: 'ENERGY', price, step_size: 1 }] }],
      tax_included: 'N/A',
      last_updated: new Date().toISOString(),
    });

  test('is rated again under its id when its tariff is repaired, and told once (D3-004, D3-012)', async () => {
    const { cdr, hold } = (await cdrs())[0]!;
    expect(hold).toBe('NO_TARIFF');
    expect((await open()).map(({ kind }) => kind)).toEqual(['cdr-held:NO_TARIFF']);
    await expect(running.core.operator.releaseCdr(cdr.id, 'send it')).rejects.toMatchObject({ status: 409 });

    await tariff(0.5);
    await running.core.operator.correctCdr(cdr.id, { reason: 'tariff entered' });
    await until(() => told().length === 1);
    await running.core.idle();
    expect(told()).toEqual([expect.objectContaining({ id: cdr.id, total_cost: { excl_vat: '1' } })]);
    expect(await open()).toEqual([]);
  });

  test('cannot be taken back: nobody got it', async () => {
    const { cdr } = (await cdrs())[0]!;
    await expect(running.core.operator.creditCdr(cdr.id, 'away with it')).rejects.toMatchObject({
      status: 409,
    });
  });
});

describe('a priced CDR about which there is a doubt', () => {
  /** 60 kWh in a minute on a connector of 22 kW. */
  async function implausible(doubtHoldMs: CoreSettings['doubtHoldMs']): Promise<CdrRecord> {
    await running.stop();
    running = await startCore(undefined, { settings: { doubtHoldMs } });
    const { ocppTransactionId } = await start(running.core, Date.now() - 60_000);
    await running.core.charger.recordTransactionEvent(
      'CS-1',
      {
        eventType: 'Ended',
        ocppTransactionId,
        at: Date.now(),
        receivedAt: Date.now(),
        offline: false,
        meterStopWh: 61_000,
        meterValues: [],
      },
      frame('StopTransaction'),
    );
    await running.core.idle();
    return (await cdrs())[0]!;
  }

  test('is held until a person sends it (D3-012)', async () => {
    const { cdr, hold } = await implausible({});
    expect(hold).toBe('IMPLAUSIBLE_ENERGY');
    expect(told()).toEqual([]);
    await running.core.operator.releaseCdr(cdr.id, 'it is a truck');
    await until(() => told().length === 1);
    expect(told()[0]!.id).toBe(cdr.id);
    expect(await open()).toEqual([]);
  });

  test('is sent at once where the policy says so (D3-012)', async () => {
    const { hold } = await implausible({ IMPLAUSIBLE_ENERGY: 0 });
    expect(hold).toBeUndefined();
    await until(() => told().length === 1);
    expect(told()[0]!.remark).toContain('IMPLAUSIBLE_ENERGY');
    expect(await open()).toEqual([]);
  });

  test('waits for its time, in which it is corrected under its id (D3-012)', async () => {
    const { cdr, hold, releaseAt } = await implausible({ IMPLAUSIBLE_ENERGY: 3_600_000 });
    expect(hold).toBeUndefined();
    expect(releaseAt).toBeGreaterThan(Date.now() + 3_000_000);
    expect((await open()).map(({ kind }) => kind)).toEqual(['cdr-doubtful:IMPLAUSIBLE_ENERGY']);
    const corrected = await running.core.operator.correctCdr(cdr.id, { reason: 'Wh, not kWh', energyWh: 60 });
    expect(corrected).toMatchObject({ cdr: { cdr: { id: cdr.id, total_energy: '0.06' } } });
    expect(corrected).not.toHaveProperty('credit');
    expect(await open()).toEqual([]);
  });
});
