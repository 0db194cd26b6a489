import { afterEach, expect, test } from '@jest/globals';
import type { FrameRecord, Store } from '@roambridge/core';
import fc from 'fast-check';
import { openSchemaLibrary } from '../../../packages/ocpp/src/validation/schema-library.js';
import { type BillingMessage, billingMessages, type Version } from './fuzz/billing-messages.js';
import { openPipelinedLine, type PipelinedLine } from './fuzz/pipelined-line.js';
import { type FleetGateway, startFleetGateway } from './model/fleet-gateway.js';

/** The same messages everywhere; another seed sends others. */
const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_121);
const START = Date.parse('2026-03-01T10:00:00Z');
const VERSIONS: readonly Version[] = ['ocpp1.6', 'ocpp2.0.1'];
const STATIONS = 40;
const MESSAGES = 20_000;
const MESSAGES_WITH_FAULTS = 1_000;
/** Of 100 commits so many fail while the database is bad. */
const FAILING_COMMITS = 5;
/** One message of so many is sent again with the same id; its answer is remembered. */
const REPEATED_EVERY = 50;
const BOOT_TRIES = 10;
const PAGE = 1_000;

const schemas = {
  'ocpp1.6': openSchemaLibrary('v16', ''),
  'ocpp2.0.1': openSchemaLibrary('v201', 'Request'),
} satisfies Record<Version, unknown>;

interface Sent extends BillingMessage {
  id: string | number;
  text: string;
  times: number;
}

interface Station {
  identity: string;
  version: Version;
  messages: Sent[];
}

let gateway: FleetGateway | undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

function fleet(messages: number): Station[] {
  return Array.from({ length: STATIONS }, (_, index) => {
    const version = VERSIONS[index % VERSIONS.length] ?? 'ocpp1.6';
    const numRuns = messages / STATIONS;
    const sample = fc.sample(billingMessages(version, START), { seed: SEED + index, numRuns });
    return { identity: `P${index}`, version, messages: sample.map(asSent) };
  });
}

function asSent(message: BillingMessage, index: number): Sent {
  // ids that are numbers, and longer than the standard allows.
  const id = index % 9 === 0 ? index : `${'m'.repeat(1 + (index % 200))}-${index}`;
  const text = JSON.stringify([2, id, message.action, message.payload]);
  return { ...message, id, text, times: index % REPEATED_EVERY === 0 ? 2 : 1 };
}

const BOOTS = {
  'ocpp1.6': { chargePointVendor: 'V', chargePointModel: 'M' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
} satisfies Record<Version, object>;

async function connect({ ocppUrl, password }: FleetGateway, station: Station): Promise<PipelinedLine> {
  const { identity, version } = station;
  const line = await openPipelinedLine({ url: ocppUrl, identity, password, protocol: version });
  // A boot that could not be stored is told so, and comes again.
  for (let tries = 0; tries < BOOT_TRIES; tries += 1) {
    const id = `boot-${tries}`;
    line.send(JSON.stringify([2, id, 'BootNotification', BOOTS[version]]));
    await line.answered(id);
    if (line.answers.get(JSON.stringify(id))?.[0]?.frame[0] === 3) return line;
  }
  throw new Error(`${identity} is not accepted`);
}

/** What is wrong with the answers to a message; undefined = nothing. */
function answerFault(station: Station, sent: Sent, line: PipelinedLine): string | undefined {
  const answers = line.answers.get(JSON.stringify(sent.id)) ?? [];
  const [answer] = answers;
  if (!answer || answers.length !== sent.times) return `${answers.length} answers instead of ${sent.times}`;
  const [type, , payload] = answer.frame as [number, unknown, Record<string, unknown>];
  if (type !== 3) return `answered ${answer.raw}`;
  if (answers.some(({ raw }) => raw !== answer.raw)) return 'the repetition was answered differently';
  const violations = schemas[station.version].diagnoseResponse(sent.action, payload);
  if (violations?.length !== 0) return `illegal answer ${answer.raw}: ${JSON.stringify(violations)}`;
  if (sent.action === 'StartTransaction' && !(Number(payload.transactionId) > 0))
    return `no id: ${answer.raw}`;
  return undefined;
}

async function journalOf(store: Store, stationId: string): Promise<Map<string, FrameRecord[]>> {
  const calls = new Map<string, FrameRecord[]>();
  let cursor: string | undefined;
  do {
    const page = await store.frames.page({
      stationId,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const frame of page.items) {
      if (frame.direction !== 'in' || frame.messageType !== 2) continue;
      const found = calls.get(frame.messageId ?? '');
      if (found) found.push(frame);
      else calls.set(frame.messageId ?? '', [frame]);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return calls;
}

const shown = ({ text, mutations }: Sent, fault: string): string =>
  `${fault}\n  ${text.slice(0, 1_000)}\n  ${JSON.stringify(mutations).slice(0, 400)}`;

const named = `FAST_CHECK_SEED=${SEED}`;

test(`${MESSAGES} mutated billing messages are each journaled and legally answered (A-092, A-095); ${named}`, async () => {
  const stations = fleet(MESSAGES);
  gateway = await startFleetGateway({
    stations: stations.map(({ identity }) => identity),
    outlets: 2,
    start: START,
    seed: SEED,
  });
  const { core, store, errors } = gateway;
  const opened = gateway;
  const lines = await Promise.all(stations.map((station) => connect(opened, station)));
  await Promise.all(
    stations.map(async ({ messages }, index) => {
      for (const { text, times } of messages) for (let n = 0; n < times; n += 1) lines[index]?.send(text);
      for (const { id } of messages) await lines[index]?.answered(id);
    }),
  );
  // The repetition of a message is answered after the message itself.
  await core.idle();
  const faults: string[] = [];
  for (const [index, station] of stations.entries()) {
    const line = lines[index];
    if (!line) continue;
    line.send('[2,"last","Heartbeat",{}]');
    await line.answered('last');
    await core.idle();
    const journal = await journalOf(store, station.identity);
    for (const sent of station.messages) {
      const fault = answerFault(station, sent, line);
      if (fault !== undefined) faults.push(shown(sent, fault));
      const rows = journal.get(String(sent.id)) ?? [];
      if (rows.length !== sent.times || rows.some(({ raw }) => raw !== sent.text)) {
        faults.push(shown(sent, `${rows.length} journal entries`));
      }
    }
    if (line.closeCode() !== undefined)
      faults.unshift(`${station.identity} was closed with ${line.closeCode()}`);
  }
  expect({ errors, faults: faults.length, first: faults.slice(0, 3).join('\n') }).toEqual({
    errors: [],
    faults: 0,
    first: '',
  });
  await Promise.all(lines.map((line) => line.close()));
}, 180_000);

test(`with a database that fails, mutated billing messages are answered legally or not at all, and the socket is closed (A-095); ${named}`, async () => {
  const stations = fleet(MESSAGES_WITH_FAULTS);
  let bad = false;
  let commits = 0;
  const wrap = (store: Store): Store => ({
    ...store,
    commit: (writes) => {
      commits += 1;
      const fails = bad && writes.stationId !== '' && (commits * 7_919) % 100 < FAILING_COMMITS;
      return fails ? Promise.reject(new Error('relation "frames" is gone')) : store.commit(writes);
    },
  });
  gateway = await startFleetGateway({
    stations: stations.map(({ identity }) => identity),
    outlets: 2,
    start: START,
    seed: SEED,
    wrap,
  });
  const opened = gateway;
  let closings = 0;
  const faults: string[] = [];
  bad = true;
  await Promise.all(
    stations.map(async (station) => {
      let left = station.messages;
      // As a charger does: what was not answered is sent again over a new connection.
      while (left.length > 0) {
        const line = await connect(opened, station);
        for (const { text, times } of left) for (let n = 0; n < times; n += 1) line.send(text);
        for (const { id } of left) await line.answered(id);
        const answered = left.filter(({ id }) => line.answers.has(JSON.stringify(id)));
        for (const sent of answered) {
          const fault = answerFault(
            station,
            { ...sent, times: line.answers.get(JSON.stringify(sent.id))?.length ?? 0 },
            line,
          );
          if (fault !== undefined) faults.push(shown(sent, fault));
        }
        if (line.closeCode() !== undefined) closings += 1;
        if (answered.length < left.length && line.closeCode() !== 1011) faults.push(`${line.closeCode()}`);
        left = left.filter((sent) => !answered.includes(sent));
        await line.close();
      }
    }),
  );
  bad = false;
  await opened.core.idle();
  for (const { identity, messages } of stations) {
    const journal = await journalOf(opened.store, identity);
    for (const sent of messages) if (!journal.has(String(sent.id))) faults.push(shown(sent, 'not journaled'));
  }
  expect({ faults: faults.length, first: faults.slice(0, 3).join('\n') }).toEqual({ faults: 0, first: '' });
  expect(closings).toBeGreaterThan(10);
}, 180_000);
