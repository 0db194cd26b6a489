import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { creditCdr } from '@roambridge/domain';
import { ADAPTERS, adapterOf } from '../src/versions/registry.js';
import { CDRS, LOCATIONS, SESSIONS, TARIFFS } from './support/expected.js';
import { type Gateway, startGateway } from './support/gateway.js';
import { CDR, LOCATION, NARROWED, partner, SESSION, TARIFF } from './support/samples.js';

/** Names of all members, wherever they are. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(namesIn)];
}

describe.each(['2.1.1', '2.2.1', '2.3.0'])('objects of OCPI %s', (version) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.memory.partners = [partner(version)];
    gateway.memory.locations = [LOCATION];
    gateway.memory.tariffs = [TARIFF];
    gateway.memory.sessions = [{ session: SESSION, location: NARROWED }];
    gateway.memory.cdrs = [{ cdr: CDR, location: NARROWED }];
  });
  afterAll(() => gateway.close());

  test.each([
    ['locations', LOCATIONS],
    ['tariffs', TARIFFS],
    ['sessions', SESSIONS],
    ['cdrs', CDRS],
  ])(
    '%s have exactly the members of the version (MP-01 to MP-10), in lower case (TY-10)',
    async (module, expected) => {
      const { body } = await gateway.call(
        'GET',
        `/ocpi/${version}/${module}?date_from=2025-01-01T00:00:00Z`,
        {
          token: `token-c-${version}`,
        },
      );
      expect(body.status_code).toBe(1000);
      expect(body.data).toEqual([expected[version]]);
      for (const name of namesIn(body)) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/); // TY-10
    },
  );
});

describe('what older versions cannot carry', () => {
  const { '2.1.1': v211, '2.2.1': v221, '2.3.0': v230 } = ADAPTERS;

  test('prices that contain tax are sent before tax, or not at all where its share is unknown (MP-08, TA-65)', () => {
    const component = { type: 'ENERGY', price: 1.19, vat: 19, step_size: 1 } as const;
    const taxed = { ...TARIFF, tax_included: 'YES', elements: [{ price_components: [component] }] } as const;
    const price = { price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }] };
    const tariff = { ...taxed, elements: [{ price_components: [{ ...component }] }] };
    expect(v230.tariff.toWire(tariff)).toMatchObject({
      tax_included: 'YES',
      elements: [{ price_components: [{ price: 1.19, vat: 19 }] }],
    });
    expect(v221.tariff.toWire(tariff)).toMatchObject({ elements: [price] });
    expect(v211.tariff.toWire(tariff)).toMatchObject({ elements: [price] });
    const { vat: _vat, ...withoutVat } = component;
    const unknown = { ...tariff, elements: [{ price_components: [withoutVat] }] };
    expect(v221.tariff.toWire(unknown)).toBeUndefined();
    expect(v211.tariff.toWire(unknown)).toBeUndefined();
  });

  test('2.1.1 does not get tariffs whose price it cannot say (MP-08)', () => {
    expect(v211.tariff.toWire({ ...TARIFF, type: 'AD_HOC_PAYMENT' })).toBeUndefined();
    const [element] = TARIFF.elements;
    const restricted = { ...TARIFF, elements: [{ ...element!, restrictions: { min_current: 16 } }] };
    expect(v211.tariff.toWire(restricted)).toBeUndefined();
    expect(v221.tariff.toWire(restricted)).toBeDefined();
  });

  test('2.1.1 does not get reservations as sessions (SE-16)', () => {
    const reservation = { ...SESSION, status: 'RESERVATION' } as const;
    expect(v211.session.toWire(reservation, NARROWED)).toBeUndefined();
    expect(v211.session.progressToWire(reservation)).toBeUndefined();
    expect(v221.session.toWire(reservation, NARROWED)).toMatchObject({ status: 'RESERVATION' });
  });

  test('an EVSE left without a known connector is not sent, a CDR about it is (MP-03, MP-15)', () => {
    const [evse] = LOCATION.evses;
    const megawatt = { ...evse!, connectors: evse!.connectors.slice(1) };
    const location = { ...LOCATION, evses: [megawatt] };
    for (const adapter of [v211, v221]) {
      expect(adapter.location.evseToWire(megawatt)).toBeUndefined();
      expect(adapter.location.toWire(location)).toMatchObject({ evses: [] });
    }
    expect(v211.cdr.toWire(CDR, { ...location, publish: false })).toMatchObject({
      id: 'C-1',
      total_cost: 10.25,
      location: { id: 'L-1', evses: [] },
    });
  });

  test('tokens of a type that 2.2.1 does not have are not on its list (MP-15)', () => {
    const named = { uid: 'CARD', type: 'RFID' };
    const group = { group_id: 'G' };
    const location = {
      ...LOCATION,
      publish: false,
      publish_allowed_to: [named, { uid: 'NL-MSP-C1', type: 'EMAID' }, group],
    };
    expect(v221.location.toWire(location)).toMatchObject({ publish_allowed_to: [named, group] });
    expect(v230.location.toWire(location)?.publish_allowed_to).toEqual(location.publish_allowed_to);
  });

  test('what only a running session may carry is in no CDR (CD-36, CD-39, SE-18, trap 34)', () => {
    const live = ['CURRENT', 'ENERGY_EXPORT', 'ENERGY_IMPORT', 'POWER', 'STATE_OF_CHARGE'] as const;
    const dimensions = (['ENERGY', ...live] as const).map((type) => ({ type, volume: '1' }));
    const period = { start_date_time: CDR.start_date_time, dimensions };
    const charging_periods = [period, { ...period, dimensions: dimensions.slice(1) }];
    const types = (wire: unknown) =>
      (wire as { charging_periods: { dimensions: { type: string }[] }[] }).charging_periods.map((each) =>
        each.dimensions.map(({ type }) => type),
      );
    for (const adapter of [v211, v221, v230]) {
      expect(types(adapter.cdr.toWire({ ...CDR, charging_periods }, NARROWED))).toEqual([['ENERGY']]);
    }
    const session = { ...SESSION, charging_periods: [period] };
    expect(types(v221.session.toWire(session, NARROWED))).toEqual([['ENERGY', ...live]]);
    expect(types(v211.session.toWire(session, NARROWED))).toEqual([['ENERGY']]);
  });

  test('a tariff that costs nothing is listed in the CDR all the same (CD-43, TA-34)', () => {
    const free = { ...TARIFF, elements: [{ price_components: [{ type: 'FLAT', price: 0, step_size: 0 }] }] };
    for (const adapter of [v211, v221, v230]) {
      const { tariffs } = adapter.cdr.toWire({ ...CDR, tariffs: [free as typeof TARIFF] }, NARROWED);
      expect(tariffs).toMatchObject([{ id: 'T-1', elements: free.elements }]);
    }
  });

  test('a credit CDR leaves with its reference and negative amounts (CD-20, CD-23)', () => {
    const credit = creditCdr(CDR, Date.parse('2025-06-02T00:00:00Z'));
    expect(v221.cdr.toWire(credit, NARROWED)).toMatchObject({
      id: 'C-1-C',
      credit: true,
      credit_reference_id: 'C-1',
      total_cost: { excl_vat: -10.25 },
    });
    const { total_cost } = v230.cdr.toWire(credit, NARROWED) as {
      total_cost: { before_taxes: number; taxes: { amount: number }[] };
    };
    expect(total_cost.before_taxes).toBe(-10.25);
    for (const { amount } of total_cost.taxes) expect(amount).toBeLessThan(0);
    expect([v211, v221, v230].map(({ hasCreditCdrs }) => hasCreditCdrs)).toEqual([false, true, true]);
  });

  test('signed data leaves unchanged; 2.1.1 has no place for it (CD-44, D3-025)', () => {
    const signed_data = {
      encoding_method: 'OCMF',
      public_key: '3059',
      signed_values: [{ nature: 'End', plain_data: '{}', signed_data: 'T0NNRnx7fXx7fQ==' }],
    };
    for (const adapter of [v221, v230]) {
      expect(adapter.cdr.toWire({ ...CDR, signed_data }, NARROWED)).toMatchObject({ signed_data });
    }
    expect(v211.cdr.toWire({ ...CDR, signed_data }, NARROWED)).not.toHaveProperty('signed_data');
    const long = { ...signed_data, public_key: 'x'.repeat(513) };
    expect(v221.cdr.toWire({ ...CDR, signed_data: long }, NARROWED).signed_data).not.toHaveProperty(
      'public_key',
    );
  });

  test('a cost that is not known is left out, never zero (SE-13)', () => {
    const { total_cost: _cost, ...unpriced } = SESSION;
    for (const adapter of Object.values(ADAPTERS)) {
      expect(adapter.session.toWire(unpriced, NARROWED)).not.toHaveProperty('total_cost');
      expect(Object.keys(adapter.session.progressToWire(unpriced) ?? {})).toEqual(['kwh', 'last_updated']);
    }
  });

  test('2.1.1 times have whole seconds (TY-07)', () => {
    const session = { ...SESSION, last_updated: '2025-06-01T11:00:00.987Z' };
    expect(v211.session.progressToWire(session)).toEqual({
      kwh: 12.345,
      total_cost: 6.17,
      last_updated: '2025-06-01T11:00:00Z',
    });
    expect(v221.session.toWire(session, NARROWED)).toMatchObject({
      last_updated: '2025-06-01T11:00:00.987Z',
    });
  });

  test('other versions have no adapter (VE-09)', () => {
    for (const version of ['2.0', '2.1', '2.2', 'constructor', undefined]) {
      expect(adapterOf(version)).toBeUndefined();
    }
  });
});
