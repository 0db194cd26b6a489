import { expect } from '@jest/globals';
import type { Charger, Payload } from '@roambridge/sim-charger';
import { eventually } from './eventually.js';
import { PARKING_RATES, provision, type TestStation, tariff, testStation } from './master-data.js';
import type { Row } from './operator-api.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

/** Cards of the operator, by what the gateway says about them. */
export const CARDS = {
  valid: '04C0FFEE000001',
  other: '04C0FFEE000002',
  blocked: '04C0FFEE000003',
  expired: '04C0FFEE000004',
  unknown: '04C0FFEE0000FF',
  /** Two cards of one group. */
  groupOne: '04C0FFEE000011',
  groupTwo: '04C0FFEE000012',
  blockedInGroup: '04C0FFEE000013',
  master: '04C0FFEE000021',
} as const;

export const GROUP = 'FAMILY-1';
export const MASTER_GROUP = 'MASTER-PASS';

/** A gateway and one charger of OCPP 2.0.1, for many cases one after another. */
export interface World201 {
  gateway: TestGateway;
  station: TestStation;
  charger: Charger;
  /** The operator sends an action; the charger answers so, and must have got what was sent. */
  send(action: string, payload: Payload, answer: Payload): Promise<Row>;
  /** The charger sends an action and gets this answer. */
  tell(action: string, payload: Payload, answer?: Payload): Promise<Payload>;
  get(path: string): Promise<Row>;
  /** The newest report of the station, with what is in it, once it is no longer running. */
  report(requestId: number): Promise<Row>;
  stop(): Promise<void>;
}

export async function startWorld201(
  id: string,
  settings: Record<string, string> = {},
  more: Parameters<typeof startTestGateway>[1] = {},
): Promise<World201> {
  const gateway = await startTestGateway({ BOOT_REPORT: 'none', LOCAL_LISTS: 'false', ...settings }, more);
  const station = testStation(id, 'ocpp2.0.1', ['ENERGY', 'ENERGY']);
  await provision(gateway.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: [station],
  });
  const card = (uid: string, more: object = {}) =>
    gateway.operator.put(`/local-tokens/${uid}`, { type: 'RFID', ...more });
  await card(CARDS.valid);
  await card(CARDS.other);
  await card(CARDS.blocked, { blocked: true });
  await card(CARDS.expired, { expires_at: '2020-01-01T00:00:00Z' });
  await card(CARDS.groupOne, { group_id: GROUP });
  await card(CARDS.groupTwo, { group_id: GROUP });
  await card(CARDS.blockedInGroup, { group_id: GROUP, blocked: true });
  await card(CARDS.master, { group_id: MASTER_GROUP });
  const charger = await gateway.connect(station);
  const world: World201 = {
    gateway,
    station,
    charger,
    async send(action, payload, answer) {
      charger.onCall(action, () => answer);
      const before = charger.received.length;
      const outcome = await gateway.operator.post(`/stations/${id}/ocpp/${action}`, payload);
      expect(outcome).toMatchObject({ outcome: 'result', payload: answer });
      expect(charger.received.slice(before).map((call) => [call.action, call.payload])).toEqual([
        [action, payload],
      ]);
      expect(charger.violations).toEqual([]);
      return outcome;
    },
    async tell(action, payload, answer = {}) {
      const got = await charger.call(action, payload);
      expect(got).toEqual(answer);
      expect(charger.violations).toEqual([]);
      return got;
    },
    get: (path) => gateway.operator.get(`/stations/${id}${path}`),
    async report(requestId) {
      const { id: reportId } = await eventually(`report ${requestId}`, async () => {
        const { items } = await gateway.operator.get(`/stations/${id}/reports?limit=20`);
        const found = (items as Row[]).find((one) => one.request_id === requestId);
        return found && found.state !== 'running' ? found : undefined;
      });
      return gateway.operator.get(`/stations/${id}/reports/${reportId}`);
    },
    stop: () => gateway.stop(),
  };
  return world;
}

/** A token as the charger writes it. */
export const token = (idToken: string, type = 'ISO14443'): Payload => ({ idToken, type });

export const now = (): string => new Date().toISOString();
