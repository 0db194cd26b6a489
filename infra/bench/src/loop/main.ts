import { serveOrders } from '../processes/orders.js';
import { measureChanges, measureSpread } from './changes.js';
import type { LoopOrder, LoopReport } from './messages.js';
import { createPartners, type Partners } from './partners.js';
import { readPages } from './read-pages.js';
import { measureStarts } from './starts.js';
import { connectFleet, type Fleet } from './stations.js';

let partners: Partners | undefined;
let fleet: Fleet | undefined;

function listening(): Partners {
  if (!partners) throw new Error('no partner listens');
  return partners;
}

function connected(): Fleet {
  if (!fleet) throw new Error('no station is connected');
  return fleet;
}

const report = serveOrders<LoopOrder, LoopReport>(
  async (order) => {
    switch (order.do) {
      case 'listen':
        partners ??= createPartners();
        return { is: 'listening', pushUrl: await partners.listen(order.partners) };
      case 'register':
        await listening().register(order.invitations, order.tokenUids);
        return { is: 'registered' };
      case 'connect':
        fleet = await connectFleet(order, (reason) => report({ is: 'failed', reason }));
        return { is: 'connected' };
      case 'changes':
        return { is: 'changed', ...(await measureChanges(connected(), listening(), order)) };
      case 'spread':
        return { is: 'spread', ...(await measureSpread(connected(), listening(), order.changes)) };
      case 'starts':
        return { is: 'started', ...(await measureStarts(connected(), listening(), order)) };
      case 'read':
        return { is: 'read', ...(await readPages(listening(), order)) };
      case 'disconnect':
        await fleet?.close();
        fleet = undefined;
        return { is: 'disconnected' };
    }
  },
  (reason) => ({ is: 'failed', reason }),
);
