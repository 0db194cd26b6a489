import { expect, test } from '@jest/globals';
import type { Location } from '@roambridge/domain';
import { lossOf } from '../src/client/loss.js';
import { LOCATION, partner, TARIFF } from './support/samples.js';

const location = (version: string, changed: Partial<Location> = {}) =>
  lossOf(partner(version), { kind: 'location', location: { ...LOCATION, ...changed } });

test('a partner of the newest version sees everything (MP-01)', () => {
  expect(location('2.3.0')).toEqual({ notTold: false, lost: [] });
  expect(lossOf(partner('2.3.0'), { kind: 'tariff', tariff: TARIFF })).toEqual({ notTold: false, lost: [] });
});

test('2.2.1 has no place for parking, new connectors and open values (MP-01, MP-02, MP-03, MP-15)', () => {
  const { notTold, lost } = location('2.2.1');
  expect(notTold).toBe(false);
  expect(lost).toEqual(
    expect.arrayContaining([
      'Location.parking_places',
      'Location.help_phone',
      'EVSE.parking',
      'EVSE.accepted_service_providers',
      'EVSE.capabilities=HOVERCRAFT',
      'EVSE.parking_restrictions=TAXIS',
      'Connector.capabilities',
      'Connector as a whole',
    ]),
  );
  expect(lost).not.toContain('Location.coordinates');
});

test('2.1.1 loses more, but nothing that only has another name there (MP-01, MP-03, MP-06)', () => {
  const { lost } = location('2.1.1');
  expect(lost).toEqual(
    expect.arrayContaining([
      'Location.state',
      'EVSE.capabilities=CHIP_CARD_SUPPORT',
      'Connector.power_type=AC_2_PHASE',
    ]),
  );
  for (const kept of ['max_voltage', 'max_amperage', 'latitude', 'publish', 'country_code', 'last_updated']) {
    expect(lost.filter((what) => what.endsWith(kept))).toEqual([]);
  }
});

test('an object that the version cannot carry is counted as a whole (MP-08, LO-23)', () => {
  expect(location('2.1.1', { publish: false })).toEqual({ notTold: true, lost: ['Location as a whole'] });
  const gross = {
    ...TARIFF,
    tax_included: 'YES' as const,
    elements: [{ price_components: [{ type: 'ENERGY' as const, price: 1, step_size: 1 }] }],
  };
  expect(lossOf(partner('2.2.1'), { kind: 'tariff', tariff: gross })).toMatchObject({ notTold: true });
  const { lost } = lossOf(partner('2.1.1'), { kind: 'tariff', tariff: TARIFF });
  expect(lost).toContain('Tariff.min_price');
  expect(lost).not.toContain('Tariff.currency');
});
