import { type InboundRequest, type ScriptedReply, startEmsp } from '@roambridge/sim-emsp';
import { serveOrders } from '../processes/orders.js';
import type { PartnerOrder, PartnerReport } from './messages.js';

/** Objects that are kept for the checks. */
const KEPT = 2_000;
/** One object in sixteen is checked against the specification; the rest is counted, to leave the CPU to the gateway. */
const CHECKED = /0$/;
const ACCEPTED = { status_code: 1000, timestamp: new Date().toISOString() };

const completed = new Set<string>();
const cdrs = new Set<string>();
let requests = 0;

const emsp = await startEmsp({
  version: '2.2.1',
  country_code: 'DE',
  party_id: 'BEN',
  name: 'Bench',
  kept: KEPT,
});

emsp.respondWith({ path: '/sessions/' }, (request) => {
  requests += 1;
  const id = request.path.slice(request.path.lastIndexOf('/') + 1);
  if (member(request, 'status') === 'COMPLETED') completed.add(id);
  return CHECKED.test(id) ? undefined : accepted();
});
emsp.respondWith({ method: 'POST', path: '/cdrs' }, (request) => {
  requests += 1;
  const id = String(member(request, 'id'));
  cdrs.add(id);
  return CHECKED.test(id) ? undefined : accepted({ Location: `${emsp.url}/cdrs/${id}` });
});
emsp.respondWith({ method: 'PATCH', path: '/locations/' }, () => {
  requests += 1;
  return accepted();
});

function member({ body }: InboundRequest, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

function accepted(headers?: Record<string, string>): ScriptedReply {
  return { status: 200, body: ACCEPTED, unchecked: true, ...(headers ? { headers } : {}) };
}

async function register(order: Extract<PartnerOrder, { do: 'register' }>): Promise<PartnerReport> {
  await emsp.register(order.versionsUrl, order.registrationToken);
  for (const uid of order.tokenUids) await emsp.pushToken({ uid });
  return { is: 'registered' };
}

const report = serveOrders<PartnerOrder, PartnerReport>(
  async (order) => {
    if (order.do === 'register') return register(order);
    const [first] = emsp.conformance;
    return {
      is: 'counts',
      requests,
      sessionsCompleted: completed.size,
      cdrs: cdrs.size,
      findings: emsp.conformance.length,
      firstFinding: first ? JSON.stringify(first) : '',
    };
  },
  (reason) => ({ is: 'failed', reason }),
);
report({ is: 'ready' });
