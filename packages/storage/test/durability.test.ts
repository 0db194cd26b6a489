import { expect, test } from '@jest/globals';
import { startGatewayProcess } from './support/gateway-process.js';
import { onEveryDatabase } from './support/on-every-database.js';

const ROUNDS = 3;
const ACKNOWLEDGED = 400;
/** Twice the limit: the start of a process is in it. */
const REFUSED_MS = 4_000;

onEveryDatabase((opened) => {
  test('what was acknowledged is there after kill -9, whole, and the next process opens it (R1)', async () => {
    const { database } = opened;
    await opened.store.close();
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const process = startGatewayProcess(database, 'write', round);
      await process.printed(ACKNOWLEDGED);
      await process.kill();
      expect(process.lines[0]).toBe('open');
      for (const line of process.lines.slice(1)) {
        const [transactionId = '', ordinal] = line.split(' ');
        acknowledged.set(transactionId, Number(ordinal));
      }
      expect(process.lines.length).toBeGreaterThanOrEqual(ACKNOWLEDGED);
    }
    opened.store = await database.open();
    for (const [transactionId, ordinal] of acknowledged) {
      const events = await opened.store.transactions.events(transactionId);
      const written = events.length - 1;
      expect(written).toBeGreaterThanOrEqual(ordinal);
      expect(events.map((event) => event.ordinal)).toEqual(events.map((_, i) => i));
      expect(await opened.store.transactions.get(transactionId)).toMatchObject({ energyWh: written });
      expect(await opened.store.deliveries.get('P', 'session', transactionId)).toMatchObject({
        version: written + 1,
      });
    }
  });

  test('a second process is refused within 2 s, by name, and the first goes on (R19)', async () => {
    const { database, store } = opened;
    let quickest = Number.POSITIVE_INFINITY;
    // A machine that is busy slows one of them, a wait for the first process slows all.
    for (let go = 0; go < 3 && quickest >= REFUSED_MS; go += 1) {
      const started = Date.now();
      const second = startGatewayProcess(database, 'hold');
      await second.printed(1);
      quickest = Math.min(quickest, Date.now() - started);
      expect(second.lines[0]).toBe(
        `refused DATA_DIR_IN_USE DATA_DIR ${database.dataDir} is in use by process ${process.pid}; ` +
          'stop it, or give this gateway a directory of its own',
      );
      await second.kill();
    }
    expect(quickest).toBeLessThan(REFUSED_MS);
    expect(await store.ping()).toBe(true);
  });

  test('a process that was killed leaves no lock behind, one that lives does', async () => {
    const { database } = opened;
    await opened.store.close();
    const first = startGatewayProcess(database, 'hold');
    await first.printed(1);
    expect(first.lines).toEqual(['open']);
    await expect(database.open()).rejects.toMatchObject({
      code: 'DATA_DIR_IN_USE',
      message: expect.stringContaining(`process ${first.pid};`),
    });
    await first.kill();
    opened.store = await database.open();
    expect(await opened.store.ping()).toBe(true);
  });
});
