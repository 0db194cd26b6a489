import type { Protocol } from '@roambridge/sim-charger';
import type { OperatorApi } from './operator-api.js';

/** What a component of a tariff costs: per kWh, per hour or once, in EUR without VAT; decimal text keeps it exact. */
export interface Rate {
  price: string;
  vatPercent: number;
  /** Wh or seconds. */
  stepSize: number;
}

/** The rates of a tariff by OCPI dimension. */
export interface Rates {
  FLAT?: Rate;
  ENERGY?: Rate;
  TIME?: Rate;
  PARKING_TIME?: Rate;
}

/** Energy and parking time, one VAT. */
export const PARKING_RATES: Rates = {
  ENERGY: { price: '0.39', vatPercent: 20, stepSize: 1 },
  PARKING_TIME: { price: '3.6', vatPercent: 20, stepSize: 1 },
};

/** A start fee, time and energy, each with a VAT of its own, and large steps. */
export const STEP_RATES: Rates = {
  FLAT: { price: '0.5', vatPercent: 19, stepSize: 1 },
  TIME: { price: '2.4', vatPercent: 10, stepSize: 300 },
  ENERGY: { price: '0.29', vatPercent: 5.5, stepSize: 100 },
};

export const OWNER = { country_code: 'DE', party_id: 'RBG' };
const LAST_UPDATED = '2025-01-01T00:00:00Z';

export interface Outlet {
  evseUid: string;
  /** None = the connector has no tariff. */
  tariffId?: string;
}

/** A charger with its EVSEs 1, 2, …; every EVSE has one connector. */
export interface TestStation {
  id: string;
  protocol: Protocol;
  password: string;
  outlets: readonly Outlet[];
  /** Of its EVSEs, beside those that all have. */
  capabilities?: readonly string[];
}

export function testStation(id: string, protocol: Protocol, tariffIds: (string | undefined)[]): TestStation {
  return {
    id,
    protocol,
    password: `password-of-${id}`.padEnd(20, '0').slice(0, 20),
    outlets: tariffIds.map((tariffId, index) => ({
      evseUid: `${id}-E${index + 1}`,
      ...(tariffId === undefined ? {} : { tariffId }),
    })),
  };
}

export function tariff(id: string, rates: Rates, restrictions?: object): object {
  const components = Object.entries(rates).map(([type, rate]: [string, Rate]) => ({
    type,
    price: Number(rate.price),
    vat: rate.vatPercent,
    step_size: rate.stepSize,
  }));
  return {
    ...OWNER,
    id,
    currency: 'EUR',
    tax_included: 'NO',
    elements: [{ price_components: components, ...(restrictions ? { restrictions } : {}) }],
    last_updated: LAST_UPDATED,
  };
}

function location(id: string, stations: readonly TestStation[]): object {
  return {
    ...OWNER,
    id,
    publish: true,
    name: `Hafen ${id}`,
    address: 'Am Sandtorkai 1',
    city: 'Hamburg',
    postal_code: '20457',
    country: 'DEU',
    coordinates: { latitude: '53.543210', longitude: '9.987650' },
    time_zone: 'Europe/Berlin',
    opening_times: { twentyfourseven: true },
    last_updated: LAST_UPDATED,
    evses: stations.flatMap((station) =>
      station.outlets.map(({ evseUid, tariffId }, index) => ({
        uid: evseUid,
        evse_id: `DE*RBG*E${evseUid.replaceAll('-', '')}`,
        capabilities: [
          'RFID_READER',
          'REMOTE_START_STOP_CAPABLE',
          'RESERVABLE',
          ...(station.capabilities ?? []),
        ],
        last_updated: LAST_UPDATED,
        ocpp: { station_id: station.id, evse_id: index + 1 },
        connectors: [
          {
            id: '1',
            standard: 'IEC_62196_T2_COMBO',
            format: 'CABLE',
            power_type: 'DC',
            max_voltage: 920,
            max_amperage: 500,
            // Sessions of tests last milliseconds and must be plausible all the same (D2-036).
            max_electric_power: 1_000_000_000,
            ...(tariffId === undefined ? {} : { tariff_ids: [tariffId] }),
            last_updated: LAST_UPDATED,
          },
        ],
      })),
    ),
  };
}

/** Enters tariffs, chargers and one location with all of them. */
export async function provision(
  operator: OperatorApi,
  data: { tariffs: Record<string, object>; stations: readonly TestStation[]; locationId?: string },
): Promise<void> {
  const path = (id: string) => `${OWNER.country_code}/${OWNER.party_id}/${id}`;
  for (const [id, body] of Object.entries(data.tariffs)) await operator.put(`/tariffs/${path(id)}`, body);
  for (const { id, password, protocol } of data.stations) {
    await operator.put(`/stations/${id}`, { security_profile: 1, password, protocols: [protocol] });
  }
  const locationId = data.locationId ?? 'LOC-1';
  await operator.put(`/locations/${path(locationId)}`, location(locationId, data.stations));
}
