import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';
import { EPOCH } from './support/memory-edge.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

interface StreamEvent {
  id?: string;
  event?: string;
  data?: { at?: string; station_id?: string; data?: Record<string, unknown>; epoch?: string };
}

/** Reads `count` events, then leaves. */
async function readEvents(
  query: string,
  count: number,
  headers: Record<string, string> = {},
  ready = () => {},
) {
  const leave = new AbortController();
  const response = await fetch(`${api.origin}/api/v1/events${query}`, {
    headers: { authorization: 'Bearer viewer-token', ...headers },
    signal: leave.signal,
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  ready();
  const events: StreamEvent[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event !== undefined) events.push({ ...fields, data: JSON.parse(fields.data) });
    }
    if (events.length >= count) break;
  }
  leave.abort();
  return events;
}

const frame = {
  stationId: 'CP-1',
  at: 0,
  direction: 'in',
  messageType: 2,
  messageId: 'm',
  action: 'Heartbeat',
  raw: '[]',
  verdict: 'ok',
  anomalies: [],
  latencyMs: null,
  correlationId: null,
};

describe('live feed', () => {
  test('events carry id, topic and the shape of the API', async () => {
    const events = await readEvents('', 2, {}, () => {
      api.edge.publish({ topic: 'frame', stationId: 'CP-1', data: frame });
      api.edge.publish({ topic: 'station', stationId: 'CP-1', data: { id: 'CP-1' } });
    });
    expect(events[0]).toMatchObject({
      id: `${EPOCH}-1`,
      event: 'frame',
      data: { station_id: 'CP-1', data: { message_id: 'm', action: 'Heartbeat', verdict: 'ok' } },
    });
    expect(events[1]).toMatchObject({ id: `${EPOCH}-2`, event: 'station', data: { data: { id: 'CP-1' } } });
  });

  test('Last-Event-ID resumes after the event that was seen last', async () => {
    for (const id of ['1', '2', '3']) api.edge.publish({ topic: 'location', data: { id } });
    const events = await readEvents('', 2, { 'last-event-id': `${EPOCH}-1` });
    expect(events.map(({ data }) => data?.data)).toEqual([{ id: '2' }, { id: '3' }]);
  });

  test.each(['other-run-7', 'nonsense'])('after a gap (%s) the first event is reset', async (lastEventId) => {
    api.edge.publish({ topic: 'location', data: { id: '1' } });
    const events = await readEvents('', 2, { 'last-event-id': lastEventId }, () => {
      api.edge.publish({ topic: 'location', data: { id: '2' } });
    });
    expect(events[0]).toMatchObject({ event: 'reset', data: { epoch: EPOCH } });
    expect(events[1]).toMatchObject({ event: 'location', data: { data: { id: '2' } } });
  });

  test('topics and stations are filtered; an unknown topic is refused by name', async () => {
    const events = await readEvents('?topics=station,cdr&stations=CP-2', 1, {}, () => {
      api.edge.publish({ topic: 'frame', stationId: 'CP-2', data: {} });
      api.edge.publish({ topic: 'station', stationId: 'CP-1', data: {} });
      api.edge.publish({ topic: 'station', stationId: 'CP-2', data: {} });
    });
    expect(events).toMatchObject([{ event: 'station', data: { station_id: 'CP-2' } }]);
    const { status, body } = await api.call('GET', '/events?topics=weather');
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/topics/0', in: 'query' }]);
  });

  test('secrets in the data of an event never reach the stream', async () => {
    const events = await readEvents('', 1, {}, () => {
      api.edge.publish({ topic: 'partner', data: { id: 'p', inboundToken: 'inbound-secret' } });
    });
    expect(JSON.stringify(events)).not.toContain('inbound-secret');
  });

  test('a client that leaves or does not read is forgotten', async () => {
    await readEvents('', 1, {}, () => api.edge.publish({ topic: 'location', data: {} }));
    const response = await fetch(`${api.origin}/api/v1/events`, {
      headers: { authorization: 'Bearer viewer-token' },
    });
    const big = { text: 'x'.repeat(15_000) };
    for (let sent = 0; sent < 2_000 && api.edge.state.listeners.size > 0; sent += 1) {
      api.edge.publish({ topic: 'location', data: big });
      if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(api.edge.state.listeners.size).toBe(0);
    await response.body?.cancel().catch(() => {});
  });
});
