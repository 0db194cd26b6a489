import { randomBytes } from 'node:crypto';
import type { LoadStation, OcppProtocol } from '../load/messages.js';
import type { OperatorClient } from './operator-client.js';

const PARTY = { country_code: 'DE', party_id: 'RBG' };
const TARIFF_ID = 'BENCH';
/** Different cards that are presented. */
const CARDS = 100;
/** A site of this many stations is one OCPI Location. */
const STATIONS_PER_LOCATION = 10;
const REQUESTS_AT_A_TIME = 8;
const PASSWORD_BYTES = 10;
/** Digits of a station's number at the end of its id. */
const INDEX_DIGITS = 5;

const CODE = { 'ocpp1.6': 'A', 'ocpp2.0.1': 'B' } as const satisfies Record<OcppProtocol, string>;

/** Names and credentials of the stations; the same for the gateway and for the raw server. */
export function stationsOf(protocol: OcppProtocol, count: number): LoadStation[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `BENCH-${CODE[protocol]}${String(index).padStart(INDEX_DIGITS, '0')}`,
    password: randomBytes(PASSWORD_BYTES).toString('hex'),
    tokenUid: tokenUid(index % CARDS),
  }));
}

/** The EVSE of a station. */
export function evseUid(stationId: string): string {
  return `E-${stationId}`;
}

/** The location in which a station of {@link stationsOf} stands. */
export function locationOf(stationId: string): string {
  const number = Number(stationId.slice(-INDEX_DIGITS));
  const first = number - (number % STATIONS_PER_LOCATION);
  return `SITE-${stationId.slice(0, -INDEX_DIGITS)}${String(first).padStart(INDEX_DIGITS, '0')}`;
}

export function tokenUids(): string[] {
  return Array.from({ length: CARDS }, (_, index) => tokenUid(index));
}

function tokenUid(index: number): string {
  return `04BE${String(index).padStart(10, '0')}`;
}

/** Enters one priced tariff, the stations with their passwords, and locations with one EVSE for each. */
export async function provision(
  operator: OperatorClient,
  fleet: readonly { protocol: OcppProtocol; stations: readonly LoadStation[] }[],
): Promise<void> {
  const now = new Date().toISOString();
  await operator.put(`/tariffs/${path(TARIFF_ID)}`, tariff(now));
  for (const { protocol, stations } of fleet) {
    await inParallel(stations, ({ id, password }) =>
      operator.put(`/stations/${id}`, { security_profile: 1, password, protocols: [protocol] }),
    );
    const sites: LoadStation[][] = [];
    for (let at = 0; at < stations.length; at += STATIONS_PER_LOCATION) {
      sites.push(stations.slice(at, at + STATIONS_PER_LOCATION));
    }
    await inParallel(sites, (site) => {
      const [first] = site;
      const id = first ? locationOf(first.id) : '';
      return operator.put(`/locations/${path(id)}`, location(id, site, now));
    });
  }
}

async function inParallel<Item>(items: readonly Item[], task: (item: Item) => Promise<unknown>) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_A_TIME }, worker));
}

function path(id: string): string {
  return `${PARTY.country_code}/${PARTY.party_id}/${id}`;
}

function tariff(last_updated: string): object {
  return {
    ...PARTY,
    id: TARIFF_ID,
    currency: 'EUR',
    tax_included: 'NO',
    last_updated,
    elements: [
      {
        price_components: [
          { type: 'ENERGY', price: 0.3, vat: 19, step_size: 1 },
          { type: 'PARKING_TIME', price: 3, vat: 19, step_size: 60 },
        ],
      },
    ],
  };
}

function location(id: string, stations: readonly LoadStation[], last_updated: string): object {
  return {
    ...PARTY,
    id,
    publish: true,
    name: id,
    address: 'Am Sandtorkai 1',
    city: 'Hamburg',
    postal_code: '20457',
    country: 'DEU',
    coordinates: { latitude: '53.543210', longitude: '9.987650' },
    time_zone: 'Europe/Berlin',
    opening_times: { twentyfourseven: true },
    last_updated,
    evses: stations.map(({ id: station_id }) => ({
      uid: evseUid(station_id),
      evse_id: `DE*RBG*E${station_id.replace('BENCH-', '')}`,
      capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE'],
      last_updated,
      ocpp: { station_id, evse_id: 1 },
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2_COMBO',
          format: 'CABLE',
          power_type: 'DC',
          max_voltage: 920,
          max_amperage: 500,
          max_electric_power: 350_000,
          tariff_ids: [TARIFF_ID],
          last_updated,
        },
      ],
    })),
  };
}
