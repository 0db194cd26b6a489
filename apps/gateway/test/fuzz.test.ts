import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { databases, type TestDatabase } from '../../../packages/storage/test/support/databases.js';
import { anyFrames, type Frame } from './fuzz/any-frames.js';
import type { Version } from './fuzz/billing-messages.js';
import { openPipelinedLine, type PipelinedLine } from './fuzz/pipelined-line.js';
import { BROKEN_FRAMES, BROKEN_REQUESTS, converse, handshake } from './fuzz/raw-bytes.js';
import { freePorts } from './support/free-ports.js';
import { type GatewayProcess, isBuilt, startGatewayProcess } from './support/gateway-process.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { operatorApi } from './support/operator-api.js';
import { OPERATOR_TOKEN } from './support/test-gateway.js';

/** The same frames everywhere; another seed sends others. `npm run fuzz` sends ten times as many. */
const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_121);
const FRAMES = Number(process.env.FUZZ_FRAMES ?? 20_000);
const STATIONS = 20;
/** Frames that are under way at one time on one socket. */
const BATCH = 250;
/** After so many batches come bytes that are no text: they end the connection. */
const CUT_EVERY = 3;
const NOT_UTF_8 = Uint8Array.from([0x5b, 0xff, 0xfe, 0x5d]);
const VERSIONS: readonly Version[] = ['ocpp1.6', 'ocpp2.0.1'];
/** What the heap may grow by while it is fuzzed: caches that are bounded, and what the collector leaves. */
const HEAP_GROWTH_BYTES = 150 * 1_048_576;
/** An answer that takes longer is a gateway that hangs. */
const HANG_MS = 30_000;
const TIMEOUT_MS = 120_000 + FRAMES * 5;

/** Traces, paths, SQL and names of what the gateway is made of. */
const INTERNAL =
  /\bat \S+ \(|node:|\.(?:m?js|ts):\d|node_modules|\/(?:home|work|tmp|usr|packages|dist)\/|\b(?:select|insert into|update|delete from)\b.*\b(?:from|values|set|where)\b|relation "|constraint "|syntax error|pglite|postgres|kysely|\bE(?:CONNREFUSED|CONNRESET|NOENT|PIPE)\b|\b(?:Type|Range|Syntax|Reference)Error\b|Cannot read|is not a function|Unexpected token|\[object|undefined/i;

const stations = Array.from({ length: STATIONS }, (_, index) =>
  testStation(`F${index}`, VERSIONS[index % VERSIONS.length] ?? 'ocpp1.6', ['ENERGY', 'ENERGY']),
);

if (!isBuilt) console.warn('skipped: apps/gateway/dist is missing; npm test builds it (npx tsc -b)');
const fuzz = isBuilt ? test : test.skip;

let database: TestDatabase;
let gateway: GatewayProcess;

beforeAll(async () => {
  if (!isBuilt) return;
  const [embedded] = databases;
  database = await embedded!.create();
  gateway = await startGatewayProcess({
    ...(await freePorts()),
    DATA_DIR: database.dataDir,
    CALL_TIMEOUT: '1s',
  });
  await provision(operatorApi(gateway.urls.operator, OPERATOR_TOKEN), {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations,
  });
});

afterAll(async () => {
  await gateway?.kill();
  await database?.dispose();
});

const BOOTS = {
  'ocpp1.6': { chargePointVendor: 'V', chargePointModel: 'M' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
} satisfies Record<Version, object>;

/** What the gateway asks of its own accord is answered with nonsense. */
const NONSENSE = ['{}', 'null', '[]', '{"status":{"a":[]}}', '{"status":"\\u0000"}', '7'];
let replies = 0;
const reply = (id: unknown) => {
  replies += 1;
  return `[3,${JSON.stringify(id)},${NONSENSE[replies % NONSENSE.length]}]`;
};

async function open(index: number): Promise<PipelinedLine> {
  const { id, password, protocol } = stations[index]!;
  const line = await openPipelinedLine({ url: gateway.urls.ocpp, identity: id, password, protocol, reply });
  await ask(line, ['boot', 'BootNotification', BOOTS[protocol]]);
  return line;
}

let asked = 0;

/** A message with an id of its own; @throws Error when nothing comes. */
async function ask(line: PipelinedLine, [name, action, payload]: [string, string, object]): Promise<void> {
  asked += 1;
  const id = `${name}-asked-${asked}`;
  line.send(JSON.stringify([2, id, action, payload]));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer to ${id}`)), HANG_MS);
  });
  await Promise.race([line.answered(id), late]);
  clearTimeout(timer);
}

/** Answers with what the station itself wrote taken out of them. */
function ownWords(raw: string): string {
  const frame = JSON.parse(raw) as unknown[];
  return JSON.stringify([frame[0], ...frame.slice(2)]);
}

interface Outcome {
  sent: number;
  answered: number;
  closings: Map<number, number>;
  leaks: Set<string>;
}

async function play(index: number, frames: readonly Frame[], outcome: Outcome): Promise<void> {
  let line = await open(index);
  const settle = () => {
    outcome.answered += line.received.length;
    for (const raw of line.received) if (INTERNAL.test(ownWords(raw))) outcome.leaks.add(raw.slice(0, 400));
  };
  for (let from = 0; from < frames.length; from += BATCH) {
    for (const frame of frames.slice(from, from + BATCH)) {
      if (line.closeCode() !== undefined) break;
      line.send(frame);
      outcome.sent += 1;
    }
    await ask(line, ['alive', 'Heartbeat', {}]);
    if ((from / BATCH) % CUT_EVERY === CUT_EVERY - 1) {
      line.send(NOT_UTF_8);
      await ask(line, ['cut', 'Heartbeat', {}]);
    }
    const code = line.closeCode();
    if (code === undefined) continue;
    outcome.closings.set(code, (outcome.closings.get(code) ?? 0) + 1);
    settle();
    line = await open(index);
  }
  settle();
  await ask(line, ['end', 'Heartbeat', {}]);
  expect(line.closeCode()).toBeUndefined();
  await line.close();
}

async function heapBytes(): Promise<number> {
  const text = await (await fetch(`${gateway.urls.operator}/metrics`)).text();
  const line = /^roambridge_nodejs_heap_size_used_bytes (\S+)$/m.exec(text);
  return Number(line?.[1]);
}

/** The least of several looks: the collector has run before one of them. */
async function settledHeapBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let looks = 0; looks < 10; looks += 1) {
    least = Math.min(least, await heapBytes());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return least;
}

fuzz(
  `${FRAMES} frames of any kind crash, hang and leak nothing, and no answer tells anything internal; FAST_CHECK_SEED=${SEED}`,
  async () => {
    const before = await settledHeapBytes();
    const outcome: Outcome = { sent: 0, answered: 0, closings: new Map(), leaks: new Set() };
    const numRuns = FRAMES / STATIONS;
    await Promise.all(
      stations.map(({ protocol }, index) =>
        play(index, fc.sample(anyFrames(protocol, Date.now()), { seed: SEED + index, numRuns }), outcome),
      ),
    );
    const grown = (await settledHeapBytes()) - before;
    process.stdout.write(
      `${JSON.stringify({ ...outcome, leaks: outcome.leaks.size, closings: Object.fromEntries(outcome.closings), grownMiB: Math.round(grown / 1_048_576) })}\n`,
    );
    expect([...outcome.leaks].slice(0, 5)).toEqual([]);
    // Bytes that are no text are the only reason to close.
    expect([...outcome.closings.keys()].filter((code) => code !== 1007)).toEqual([]);
    expect(outcome.answered).toBeGreaterThan(FRAMES / 3);
    expect(grown).toBeLessThan(HEAP_GROWTH_BYTES);
  },
  TIMEOUT_MS,
);

fuzz('what is no WebSocket and no HTTP ends its own connection and nothing else', async () => {
  const { hostname: host, port } = new URL(gateway.urls.ocpp);
  const target = { host, port: Number(port) };
  const { id, password, protocol } = stations[0]!;
  const texts = await Promise.all(BROKEN_REQUESTS.map((request) => converse(target, [request])));
  for (const [, bytes] of BROKEN_FRAMES) {
    texts.push(await converse(target, [handshake(id, password, protocol), bytes]));
  }
  for (const text of texts) expect(text).not.toMatch(INTERNAL);
  const line = await open(1);
  await ask(line, ['alive', 'Heartbeat', {}]);
  expect(line.closeCode()).toBeUndefined();
  await line.close();
});

fuzz('after all of it the gateway stops in good order and has logged no fault of its own', async () => {
  const { code, output } = await gateway.stop();
  expect({
    code,
    faults: output
      .split('\n')
      .filter((line) => /"level":"?(?:error|fatal|50|60)|could not be stored|not stored|nhandled/.test(line))
      .slice(0, 5),
  }).toEqual({ code: 0, faults: [] });
});
