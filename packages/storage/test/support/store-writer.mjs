/**
 * A process that opens the store and either holds it or writes facts of stations without end, one line per
 * acknowledged commit. Runs the built package; argument: JSON of `mode`, `dataDir`, `databaseUrl`, `round`.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../dist/index.js';

const STATIONS = 8;
const { mode, dataDir, databaseUrl, round } = JSON.parse(process.argv[2]);
const say = (line) => writeSync(1, `${line}\n`);
const log = { debug() {}, info() {}, warn() {}, error() {} };

async function write(store, stationId) {
  const transactionId = `${stationId}-${round}`;
  for (let ordinal = 0; ; ordinal += 1) {
    const at = Date.now();
    const event = {
      eventType: 'Updated',
      ocppTransactionId: 't',
      at,
      receivedAt: at,
      offline: false,
      meterValues: [],
    };
    await store.commit({
      stationId,
      transactions: [
        {
          id: transactionId,
          stationId,
          ocppTransactionId: transactionId,
          startedAt: at,
          energyWh: ordinal,
          open: true,
          flags: [],
        },
      ],
      transactionEvents: [{ transactionId, stationId, ordinal, event }],
      dirty: [{ partnerId: 'P', kind: 'session', key: transactionId, dueAt: at }],
    });
    say(`${transactionId} ${ordinal}`);
  }
}

try {
  const store = await openStore({
    dataDir,
    secretsKey: new Uint8Array(32).fill(7),
    log,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  say('open');
  if (mode === 'hold') setInterval(() => undefined, 60_000);
  else await Promise.all(Array.from({ length: STATIONS }, (_, i) => write(store, `station-${i}`)));
} catch (error) {
  say(`refused ${error.code} ${error.message}`);
  process.exitCode = 1;
}
