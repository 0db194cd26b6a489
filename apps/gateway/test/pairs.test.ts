import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Protocol } from '@roambridge/sim-charger';
import { type JsonObject, OCPI_VERSIONS, type OcpiVersion, objectOf, textOf } from '@roambridge/sim-emsp';
import { energyOf, evseIn, priceFor, priceIn, startOf } from './support/billing-document.js';
import { usedInNewestTransaction } from './support/charger-journal.js';
import { eventually, pause } from './support/eventually.js';
import { expectedCost, type Used } from './support/expected-cost.js';
import {
  PARKING_RATES,
  provision,
  type Rates,
  STEP_RATES,
  type TestStation,
  tariff,
  testStation,
} from './support/master-data.js';
import { playVisit, usedBy, type Visit } from './support/rfid-visit.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';

const PROTOCOLS: readonly Protocol[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];
const PARTIES: Record<OcpiVersion, { country_code: string; party_id: string }> = {
  '2.1.1': { country_code: 'FR', party_id: 'VOL' },
  '2.2.1': { country_code: 'DE', party_id: 'ALP' },
  '2.3.0': { country_code: 'NL', party_id: 'TUL' },
};
const LOCATION = 'LOC-1';

const stationName = (protocol: Protocol, version: OcpiVersion) =>
  `CS-${protocol}-${version}`.replace('ocpp', '');
const cardOf = (version: OcpiVersion) => `04A1C0FFEE${version.replaceAll('.', '')}0`;

const stations = PROTOCOLS.flatMap((protocol) =>
  OCPI_VERSIONS.map((version) => testStation(stationName(protocol, version), protocol, ['PARKING', 'STEP'])),
);
const oddStations = PROTOCOLS.map((protocol) =>
  testStation(`CS-${protocol.slice(4)}-ODD`, protocol, ['CURRENT', undefined]),
);

let world: TestGateway;
const partners = new Map<OcpiVersion, TestPartner>();

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, {
    tariffs: {
      PARKING: tariff('PARKING', PARKING_RATES),
      STEP: tariff('STEP', STEP_RATES),
      CURRENT: tariff('CURRENT', PARKING_RATES, { max_current: 32 }),
    },
    stations,
  });
  await provision(world.operator, { tariffs: {}, stations: oddStations, locationId: 'LOC-2' });
  for (const version of OCPI_VERSIONS) {
    const tokens = [{ uid: cardOf(version) }, { uid: `${cardOf(version)}F`, whitelist: 'ALWAYS' as const }];
    partners.set(version, await world.partner({ version, ...PARTIES[version], tokens }));
  }
});

afterAll(() => world?.stop());

function partnerOf(version: OcpiVersion): TestPartner {
  const partner = partners.get(version);
  if (!partner) throw new Error(`no partner speaks ${version}`);
  return partner;
}

/** Half an hour of charging and ten minutes of parking, an hour ago. */
function visitAt(outlet: number, idTag: string, minutesAgo: number): Visit {
  const endedAt = Math.floor(Date.now() / 1000) * 1000 - minutesAgo * 60_000;
  return {
    outlet,
    idTag,
    startedAt: endedAt - 2_537_000,
    fullAt: endedAt - 613_000,
    endedAt,
    startWh: 1_234_567,
    fullWh: 1_252_910,
  };
}

interface Billed {
  session: JsonObject;
  cdr: JsonObject;
}

/** Session and CDR of an EVSE as the partner has them, the start telling which. */
function billedTo(version: OcpiVersion, evseUid: string, known: readonly Billed[] = []): Promise<Billed> {
  const { emsp } = partnerOf(version);
  const starts = new Set(known.map(({ cdr }) => startOf(cdr)));
  return eventually(`CDR of ${evseUid} at ${version}`, () => {
    const cdr = [...emsp.cdrs.values()].find(
      (candidate) => evseIn(candidate) === evseUid && !starts.has(startOf(candidate)),
    );
    const session = [...emsp.sessions.values()].find(
      (candidate) => cdr && evseIn(candidate) === evseUid && startOf(candidate) === startOf(cdr),
    );
    return cdr && session && { session, cdr };
  });
}

function expectBill(version: OcpiVersion, { session, cdr }: Billed, rates: Rates, used: Used): void {
  const cost = priceFor(version, expectedCost(rates, used));
  expect(session.status).toBe('COMPLETED');
  expect(energyOf(session)).toBe(Number(used.energyDeciWh) / 10_000);
  expect(energyOf(cdr)).toBe(Number(used.energyDeciWh) / 10_000);
  expect(priceIn(session, version)).toEqual(cost);
  expect(priceIn(cdr, version)).toEqual(cost);
}

describe.each(PROTOCOLS.flatMap((protocol) => OCPI_VERSIONS.map((version) => [protocol, version] as const)))(
  'a charger of %s and a partner of OCPI %s',
  (protocol, version) => {
    const id = stationName(protocol, version);
    const station = stations.find((candidate) => candidate.id === id) as TestStation;
    const [first, second] = station.outlets.map(({ evseUid }) => evseUid) as [string, string];
    const idTag = cardOf(version);

    test('an RFID session with parking is billed as the meter and the tariff say (D2, D3-003, TA-33)', async () => {
      const charger = await world.connect(station);
      const { emsp } = partnerOf(version);
      const parked = visitAt(1, idTag, 30);
      await playVisit(charger, parked);
      const billed = await billedTo(version, first);
      expectBill(version, billed, PARKING_RATES, usedBy(parked));
      if (version !== '2.1.1') expect(textOf(billed.cdr, 'session_id')).toBe(textOf(billed.session, 'id'));
      expect(charger.violations).toEqual([]);
      expect(emsp.conformance).toEqual([]);
      await charger.close();
    });

    test('FLAT, TIME and ENERGY with a VAT and a step_size each are billed to the cent (TA-41, TA-43, TA-61)', async () => {
      const charger = await world.connect(station);
      const { emsp } = partnerOf(version);
      const stepped = visitAt(2, idTag, 100);
      await playVisit(charger, stepped);
      const billed = await billedTo(version, second);
      // This tariff does not price parking, so the charging time is the last time-based dimension.
      expectBill(version, billed, STEP_RATES, { ...usedBy(stepped), parkingSeconds: 0n });

      const token = { uid: idTag };
      const started = await emsp.startSession({ location_id: LOCATION, evse_uid: second, token });
      expect(started.response.result).toBe('ACCEPTED');
      expect(await started.result).toMatchObject({ result: 'ACCEPTED' });
      const running = await eventually('running session', () =>
        [...emsp.sessions.values()].find((one) => evseIn(one) === second && one.status === 'ACTIVE'),
      );
      await pause(1_200);
      const stopped = await emsp.stopSession(textOf(running, 'id') ?? '');
      expect(await stopped.result).toMatchObject({ result: 'ACCEPTED' });
      const remote = await billedTo(version, second, [billed]);
      expectBill(version, remote, STEP_RATES, await usedInNewestTransaction(world.operator, id));
      expect(textOf(remote.session, 'id')).toBe(textOf(running, 'id'));
      expect(charger.violations).toEqual([]);
      expect(emsp.conformance).toEqual([]);
      await charger.close();
    });
  },
);

describe.each(OCPI_VERSIONS.map((version) => [version] as const))('a partner of OCPI %s', (version) => {
  test('pulls locations and tariffs page by page (PG-04, PG-09)', async () => {
    const { emsp } = partnerOf(version);
    const locations = await emsp.pull('locations', { limit: 1 });
    expect([locations.items.length, locations.pages, locations.total]).toEqual([2, 2, 2]);
    const tariffs = await emsp.pull('tariffs', { limit: 2 });
    expect(tariffs.pages).toBe(2);
    // 2.1.1 cannot say that a price depends on the current: such a tariff is not shown at all rather than wrongly.
    const shown = version === '2.1.1' ? ['PARKING', 'STEP'] : ['CURRENT', 'PARKING', 'STEP'];
    expect(tariffs.items.map((item) => item.id).sort()).toEqual(shown);
    expect(emsp.conformance).toEqual([]);
  });

  test('pulls exactly the sessions and CDRs that it was pushed (SE-01, CD-01)', async () => {
    const { emsp } = partnerOf(version);
    const query = { date_from: new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+Z/, 'Z') };
    const byId = (items: Iterable<JsonObject>) =>
      new Map([...items].map((item) => [textOf(item, 'id'), item]));
    const sessions = byId((await emsp.pull('sessions', { ...query, limit: 2 })).items);
    expect(sessions).toEqual(byId(emsp.sessions.values()));
    const cdrs = byId((await emsp.pull('cdrs', { ...query, limit: 2 })).items);
    expect(cdrs).toEqual(byId(emsp.cdrs.values()));
    const visits = 3 * PROTOCOLS.length;
    expect([sessions.size, cdrs.size]).toEqual([visits, visits]);
    expect(emsp.conformance).toEqual([]);
  });
});

describe.each(oddStations.map((station) => [station.protocol, station] as const))(
  'what cannot be billed at a charger of %s',
  (_protocol, station) => {
    test.each([
      [1, 'LOAD_UNKNOWN', 'a tariff that depends on the current'],
      [2, 'NO_TARIFF', 'a connector without a tariff'],
    ])(
      'outlet %i: the CDR is held as %s and shown, nothing is sent: %s (D3-004, D3-012)',
      async (outlet, hold) => {
        const { emsp } = partnerOf('2.2.1');
        const before = emsp.requests.filter(({ path }) => path.includes('/cdrs')).length;
        const charger = await world.connect(station);
        await playVisit(charger, visitAt(outlet, cardOf('2.2.1'), 30));
        const evseUid = station.outlets[outlet - 1]?.evseUid;
        const session = await eventually('completed session', () =>
          [...emsp.sessions.values()].find((one) => evseIn(one) === evseUid && one.status === 'COMPLETED'),
        );
        expect(priceIn(session, '2.2.1')).toBeUndefined();
        const held = await eventually('held CDR', async () =>
          (await world.operator.list('/cdrs')).find((cdr) => cdr.session_id === session.id),
        );
        expect(held).toMatchObject({ hold, total_energy: 18.343 });
        expect(objectOf(held as JsonObject, 'total_cost')).toBeUndefined();
        const attention = await world.operator.list('/attention');
        expect(attention).toContainEqual(
          expect.objectContaining({ kind: `cdr-held:${hold}`, subject: held?.id, station_id: station.id }),
        );
        await pause(800);
        expect(emsp.requests.filter(({ path }) => path.includes('/cdrs')).length).toBe(before);
        expect(emsp.conformance).toEqual([]);
        await charger.close();
      },
    );
  },
);
