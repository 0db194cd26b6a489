import type { Emsp } from '@roambridge/sim-emsp';
import { converse, type WireTarget } from '../fuzz/raw-bytes.js';
import { eventually } from '../support/eventually.js';
import { DAY } from '../support/golden-fixture.js';
import type { OperatorApi } from '../support/operator-api.js';
import type { Fixture, Line } from './fixture.js';
import type { QuirkStation } from './quirk-station.js';

export interface Player {
  fixture: Fixture;
  station: QuirkStation;
}

export interface Stage {
  operator: OperatorApi;
  emsp: Emsp;
  /** The port for chargers, and the lenient one. */
  targets: { plain: WireTarget; lenient: WireTarget };
  moveTo(at: number): Promise<void>;
}

const BOOTS = {
  'ocpp1.6': { chargePointVendor: 'Quirky', chargePointModel: 'Q16', firmwareVersion: '1.0' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'Quirky', model: 'Q2' } },
};

/** On the whitelist of the partner, and always accepted. */
export const CARD = 'CACACACA';
export const timeOf = (at: string): number => Date.parse(`${DAY}T${at}Z`);

/** All records at once, second by second: chargers do not wait for one another. */
export async function playAll(players: readonly Player[], stage: Stage): Promise<void> {
  await Promise.all(players.map(begin));
  const times = [...new Set(players.flatMap(({ fixture }) => fixture.log.map(([at]) => at)))].sort();
  for (const time of times) {
    await stage.moveTo(timeOf(time));
    await Promise.all(
      players.map(async (player) => {
        for (const line of player.fixture.log) if (line[0] === time) await playLine(player, line, stage);
      }),
    );
  }
}

async function begin({ fixture, station }: Player): Promise<void> {
  const { protocol, boot, begins } = fixture;
  if (begins === false) return;
  await station.open();
  station.send([2, 'boot', 'BootNotification', { ...BOOTS[protocol], ...boot }]);
  await station.expect([3, 'boot', { status: 'Accepted', currentTime: '*', interval: '*' }]);
  for (const number of [1, 2]) {
    const status =
      protocol === 'ocpp1.6'
        ? { connectorId: number, errorCode: 'NoError', status: 'Available' }
        : { timestamp: `${DAY}T09:59:00Z`, evseId: number, connectorId: 1, connectorStatus: 'Available' };
    station.send([2, `status-${number}`, 'StatusNotification', status]);
    await station.expect([3, `status-${number}`, {}]);
  }
}

async function playLine({ fixture, station }: Player, line: Line, stage: Stage): Promise<void> {
  switch (line[1]) {
    case '->':
      return station.send(line[2]);
    case '<-':
      return station.expect(line[2]);
    case 'open':
      return station.open(line[2]);
    case 'close':
      return station.close();
    case 'closed':
      return station.expectClosed(line[2]);
    case 'operator':
      return operate(fixture, station, line, stage);
    case 'start-session': {
      const token = { uid: CARD, whitelist: 'ALWAYS' as const };
      const { response } = await stage.emsp.startSession({
        location_id: 'LOC-1',
        evse_uid: `${fixture.id}-1`,
        token,
      });
      if (response.result !== 'ACCEPTED') station.problems.push(`START_SESSION: ${JSON.stringify(response)}`);
      return undefined;
    }
    case 'profile':
      return sendProfile(fixture, station, line[2], stage);
    case 'bytes': {
      const [, , sent, received] = line;
      const target = stage.targets[fixture.id === 'Q-02' ? 'lenient' : 'plain'];
      const bytes = sent.map((part) => (part.startsWith('GET') ? part : Buffer.from(part, 'base64')));
      const until = new RegExp(received, 's');
      const text = await converse(target, bytes, { until });
      if (!until.test(text)) station.problems.push(`came back: ${text}`);
    }
  }
}

async function operate(
  { id }: Fixture,
  station: QuirkStation,
  [, , [method, path, body], answer]: Extract<Line, [string, 'operator', ...unknown[]]>,
  { operator }: Stage,
): Promise<void> {
  const target = path.replace('$STATION', id);
  const call = async () => {
    const given =
      method === 'PUT' ? await operator.put(target, body ?? {}) : await operator.post(target, body ?? {});
    for (const [name, value] of Object.entries(answer ?? {})) {
      if (JSON.stringify(given[name]) !== JSON.stringify(value))
        station.problems.push(`${target}: ${name} is ${JSON.stringify(given[name])}`);
    }
  };
  // A call to the charger is answered by a later line of the record.
  const done = call().catch((error: unknown) => station.problems.push(`${target}: ${String(error)}`));
  if (!path.includes('/ocpp/')) await done;
}

async function sendProfile(
  { id }: Fixture,
  station: QuirkStation,
  charging_profile: JsonObject,
  { emsp }: Stage,
): Promise<void> {
  const isOurs = (session: JsonObject) => session.evse_uid === `${id}-1`;
  const session = await eventually('session', () => [...emsp.sessions.values()].find(isOurs));
  const body = {
    charging_profile,
    response_url: emsp.url.replace(/versions$/, '2.2.1/chargingprofiles/results/1'),
  };
  const { data } = await emsp.send('PUT', 'chargingprofiles', 'RECEIVER', `/${String(session.id)}`, body);
  if ((data as JsonObject | undefined)?.result !== 'ACCEPTED')
    station.problems.push(`profile: ${JSON.stringify(data)}`);
}
