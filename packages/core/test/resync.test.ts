import { expect, test } from '@jest/globals';
import { databases } from '../../storage/test/support/databases.js';
import type { ResyncReport } from '../src/index.js';
import { createResync, type ResyncPorts } from '../src/partners/resync.js';

test('a comparison whose process is gone is shown as one that did not come to its end', async () => {
  const database = await databases[0]!.create();
  const store = await database.open();
  const counts = { compared: 7, same: 6, repaired: 1, owed: 0, unverifiable: 0 };
  const left: ResyncReport = {
    partnerId: 'P1',
    module: 'cdrs',
    state: 'running',
    startedAt: 1,
    ...counts,
    findings: [{ key: 'C1', problem: 'missing', since: 0, repaired: true }],
    missedSince: 0,
  };
  await store.resyncs.put(left);
  const { reports } = createResync({ store } as unknown as ResyncPorts);
  expect(await reports('P1')).toEqual([{ ...left, state: 'stopped', detail: 'the gateway ended meanwhile' }]);
  await database.dispose();
});
