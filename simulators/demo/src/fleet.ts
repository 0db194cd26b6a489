import type { Protocol } from '@roambridge/sim-charger';

/** A charger of the demonstration: one DC outlet. */
export interface DemoStation {
  id: string;
  name: string;
  protocol: Protocol;
  evseUid: string;
  tariffId: string;
  /** What the cars at this charger draw. */
  powerW: number;
}

export const PARTY = { country_code: 'DE', party_id: 'RBG' };
export const LOCATION_ID = 'RBG-HAFEN';
const ENERGY_TARIFF = 'RBG-ENERGY';
const TIME_TARIFF = 'RBG-TIME';
const VAT_PERCENT = 19;
const MAX_POWER_W = 350_000;

/**
 * Fast chargers in real time: the gateway compares energy with what a connector can deliver, so a session of
 * seconds has to be a powerful one to be worth some cents.
 */
export const STATIONS: readonly DemoStation[] = [
  station('CS-1601', 'ocpp1.6', ENERGY_TARIFF, 320_000),
  station('CS-1602', 'ocpp1.6', ENERGY_TARIFF, 240_000),
  station('CS-1603', 'ocpp1.6', TIME_TARIFF, 180_000),
  station('CS-2011', 'ocpp2.0.1', ENERGY_TARIFF, 300_000),
  station('CS-2012', 'ocpp2.0.1', ENERGY_TARIFF, 270_000),
  station('CS-2013', 'ocpp2.0.1', TIME_TARIFF, 210_000),
];

function station(id: string, protocol: Protocol, tariffId: string, powerW: number): DemoStation {
  return { id, name: `Hafen ${id}`, protocol, evseUid: `E-${id}`, tariffId, powerW };
}

/** OCPI Tariffs: one by energy and parking time, one by start fee and time. */
export function tariffs(lastUpdated: string): object[] {
  const component = (type: string, price: number, step_size: number) => ({
    type,
    price,
    vat: VAT_PERCENT,
    step_size,
  });
  const common = { ...PARTY, currency: 'EUR', tax_included: 'NO', last_updated: lastUpdated };
  return [
    {
      ...common,
      id: ENERGY_TARIFF,
      elements: [{ price_components: [component('ENERGY', 0.3, 1), component('PARKING_TIME', 3, 60)] }],
    },
    {
      ...common,
      id: TIME_TARIFF,
      elements: [{ price_components: [component('FLAT', 0.5, 1), component('TIME', 6, 1)] }],
    },
  ];
}

/** OCPI Location with one EVSE for each charger. */
export function location(lastUpdated: string): object {
  return {
    ...PARTY,
    id: LOCATION_ID,
    publish: true,
    name: 'Ladepark Hafen',
    address: 'Am Sandtorkai 1',
    city: 'Hamburg',
    postal_code: '20457',
    country: 'DEU',
    coordinates: { latitude: '53.543210', longitude: '9.987650' },
    time_zone: 'Europe/Berlin',
    parking_type: 'PARKING_LOT',
    operator: { name: 'Roambridge Demo' },
    opening_times: { twentyfourseven: true },
    last_updated: lastUpdated,
    evses: STATIONS.map(({ id, evseUid, tariffId }) => ({
      uid: evseUid,
      evse_id: `DE*RBG*E${id.replace('-', '')}`,
      capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE', 'UNLOCK_CAPABLE'],
      physical_reference: id,
      last_updated: lastUpdated,
      ocpp: { station_id: id, evse_id: 1 },
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2_COMBO',
          format: 'CABLE',
          power_type: 'DC',
          max_voltage: 920,
          max_amperage: 500,
          max_electric_power: MAX_POWER_W,
          tariff_ids: [tariffId],
          last_updated: lastUpdated,
        },
      ],
    })),
  };
}
