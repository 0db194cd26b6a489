import { fieldTables } from '@roambridge/sim-emsp';
import { largest, type Members, tableObject } from './table-objects.js';

/** Locations and tariffs with everything that 2.3.0 knows, in a form that an operator may enter. */

const OWNER = { country_code: 'NL', party_id: 'CPO' };

/** Every type of connector is at one of its EVSEs. */
export function enteredLocation(id: string): Members {
  const choice = largest();
  const standards = fieldTables('2.3.0').enums.get('ConnectorType')?.values ?? [];
  const connector = (standard: string) => ({
    ...tableObject('Connector', choice),
    id: standard.slice(0, 36),
    standard,
  });
  const evse = (uid: string, connectors: string[]) => ({
    ...tableObject('EVSE', choice),
    uid,
    connectors: connectors.map(connector),
    parking: [{ parking_id: 'P1', evse_position: 'CENTER' }],
  });
  const day = (date: string) => ({
    period_begin: `${date}T00:00:00Z`,
    period_end: `${date}T23:59:59.500Z`,
  });
  const location = tableObject('Location', choice);
  return {
    ...location,
    ...OWNER,
    id,
    publish: true,
    publish_allowed_to: [],
    opening_times: {
      ...(location.opening_times as Members),
      exceptional_openings: [day('2026-12-24'), day('2026-12-31')],
      exceptional_closings: [day('2026-12-25'), day('2027-01-01')],
    },
    parking_places: [
      { ...tableObject('Parking', choice), id: 'P1' },
      { ...tableObject('Parking', choice), id: 'P2' },
    ],
    evses: [
      evse('E1', standards),
      evse('E2', ['MCS']),
      ...standards.map((standard) => evse(`E-${standard}`.slice(0, 36), [standard])),
    ],
  };
}

/** One tariff of each type, with every dimension and restriction, and one that 2.1.1 can tell too (MP-08). */
export function enteredTariffs(): Members[] {
  const choice = largest();
  const types = fieldTables('2.3.0').enums.get('TariffType')?.values ?? [];
  const dimensions = fieldTables('2.3.0').enums.get('TariffDimensionType')?.values ?? [];
  const components = (of: readonly string[]) =>
    of.map((type) => ({ ...tableObject('PriceComponent', choice), type }));
  const restrictions = (without: readonly string[]) =>
    Object.fromEntries(
      Object.entries(tableObject('TariffRestrictions', choice)).filter(([name]) => !without.includes(name)),
    );
  const tariff = (id: string, type: string, without: readonly string[]) => ({
    ...tableObject('Tariff', choice),
    ...OWNER,
    id,
    type,
    start_date_time: '2025-01-01T00:00:00Z',
    end_date_time: '2035-01-01T00:00:00.500Z',
    elements: [
      { price_components: components(dimensions), restrictions: restrictions(['reservation', ...without]) },
      { price_components: components(['FLAT', 'TIME']), restrictions: { reservation: 'RESERVATION' } },
      { price_components: components(['FLAT']), restrictions: { reservation: 'RESERVATION_EXPIRES' } },
      { price_components: components(dimensions) },
    ],
  });
  return [
    ...types.map((type) => tariff(`T-${type}`, type, [])),
    tariff('T-OLD', 'REGULAR', ['min_current', 'max_current']),
  ];
}
