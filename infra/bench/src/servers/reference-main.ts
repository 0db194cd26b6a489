import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The least that has to be done for a change that must not get lost: the state of the station, the frame and the mark
 * for the partner in one group commit, then the answer, then one HTTP request to the partner. And the least of a remote
 * start: one request, one commit, one call. It checks nothing and knows one partner.
 */
interface Fact {
  station: string;
  frame: string;
  committed: () => void;
}

const { DATABASE_URL = '', PUSH_URL = '' } = process.env;

const SCHEMA = `create table if not exists states (station text primary key, document text not null);
  create table if not exists frames (id bigserial primary key, station text not null, raw text not null);
  create table if not exists outbox (station text primary key, version int8 not null)`;
const COMMIT = {
  name: 'commit',
  text: `with new as (select * from unnest($1::text[], $2::text[]) as new (station, frame)),
    kept as (insert into frames (station, raw) select station, frame from new),
    states as (insert into states (station, document) select station, frame from new
      on conflict (station) do update set document = excluded.document)
    insert into outbox (station, version) select station, 1 from new
      on conflict (station) do update set version = outbox.version + 1`,
};

const database = new pg.Client({ connectionString: DATABASE_URL });
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const stations = new Map<string, WebSocket>();
let waiting: Fact[] = [];
let committing = false;

/** Facts that come while a commit is under way form the next one; a station is in a commit once. */
async function commitAll(): Promise<void> {
  if (committing) return;
  committing = true;
  while (waiting.length > 0) {
    const group = new Map<string, Fact>();
    const left: Fact[] = [];
    for (const fact of waiting) {
      if (group.has(fact.station)) left.push(fact);
      else group.set(fact.station, fact);
    }
    waiting = left;
    const facts = [...group.values()];
    await database.query({
      ...COMMIT,
      values: [facts.map(({ station }) => station), facts.map(({ frame }) => frame)],
    });
    for (const { committed } of facts) committed();
  }
  committing = false;
}

function commit(fact: Fact): void {
  waiting.push(fact);
  void commitAll();
}

function push(station: string, status: string): void {
  const body = JSON.stringify({ status, last_updated: new Date().toISOString() });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  request(`${PUSH_URL}E-${station}`, { method: 'PATCH', agent, headers }, (response) =>
    response.resume(),
  ).end(body);
}

function onFrame(station: string, socket: WebSocket, frame: string): void {
  const [type, id, action, payload] = JSON.parse(frame);
  if (type !== 2) return;
  const answer = () => socket.send(`[3,"${id}",${ANSWERS[action] ?? '{}'}]`);
  if (action !== 'StatusNotification') {
    answer();
    return;
  }
  commit({
    station,
    frame,
    committed() {
      answer();
      push(station, String(payload.status));
    },
  });
}

const ANSWERS: Record<string, string> = {
  BootNotification: `{"status":"Accepted","currentTime":"${new Date().toISOString()}","interval":300}`,
};

const server = createServer((incoming, response) => {
  incoming.resume().on('end', () => {
    const station = String(incoming.url).slice(String(incoming.url).lastIndexOf('/') + 1);
    const frame = `[2,"${Date.now()}","RemoteStartTransaction",{"idTag":"BENCH","connectorId":1}]`;
    commit({
      station,
      frame,
      committed() {
        stations.get(station)?.send(frame);
        response.end('{}');
      },
    });
  });
});
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, { url }) => {
  const station = String(url).slice(String(url).lastIndexOf('/') + 1);
  stations.set(station, socket);
  socket.on('message', (data) => onFrame(station, socket, data.toString()));
});

await database.connect();
await database.query(SCHEMA);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ is: 'listening', port });
});
process.on('disconnect', () => process.exit(0));
