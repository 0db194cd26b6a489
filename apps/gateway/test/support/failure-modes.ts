import { gzipSync } from 'node:zlib';
import type { ConnectionHandler, InboundRequest, JsonObject, ScriptedReply } from '@roambridge/sim-emsp';

/** The failures of partners that the gateway has to contain; `ok` is the control group. */
export const FAILURE_MODES = [
  'ok',
  'refuse',
  'accept, then reset',
  'blackhole',
  'headers after 60 s',
  'body of 1 B/s',
  '200 with HTML',
  '200 with truncated JSON',
  '200 with 2001, 2003, 3000',
  '4xx all',
  '5xx all',
  '429 with Retry-After',
  'redirect',
  'body of 100 MB',
  'gzip bomb',
  'endless, wrong and shrinking lists',
  'one invalid object',
  'takes it, then drops the connection',
  'TLS certificate expired',
  'slow TLS handshake',
  'token rotated meanwhile',
] as const;
export type FailureMode = (typeof FAILURE_MODES)[number];

type Answer = (request: InboundRequest) => ScriptedReply | undefined;

/** A partner that fails in one way, when it is told something and when it is asked something. */
export interface BadPartner {
  mode: FailureMode;
  /** Which of several ways there are. */
  variant?: string;
  /** Does not even listen. */
  isDown?: true;
  connection?: ConnectionHandler;
  tls?: 'expired' | 'slow';
  /** To what we tell it. */
  push?: Answer;
  /** To what we read from it. */
  pull?: Answer;
  /** It replaces the tokens of both sides in the middle. */
  rotates?: true;
  contained: {
    /** `paused`: its lane waits; `parked`: a person is told; `told`: what it has to know comes through. */
    push: 'paused' | 'parked' | 'told';
    /** What its lane shows. */
    error?: RegExp;
    /** How reading its tokens ends; `read`: with all that can be read. */
    pull: 'read' | RegExp;
  };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const NO_HANDSHAKE = /no answer within|CONNECT_TIMEOUT/;
const BIG_BYTES = 100_000_000;
const CHUNK = Buffer.alloc(65_536, 0x78);
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

const isList = ({ method, path }: InboundRequest) => method === 'GET' && path.endsWith('/tokens');

const always = (reply: ScriptedReply) => ({ push: () => reply, pull: () => reply });

/** One reply after another. */
function inTurn(...replies: readonly ScriptedReply[]): { push: Answer; pull: Answer } {
  let turn = 0;
  const next = () => replies[turn++ % replies.length];
  return { push: next, pull: next };
}

function ocpi(statusCode: number, more: ScriptedReply = {}, data?: unknown): ScriptedReply {
  const envelope = {
    status_code: statusCode,
    status_message: 'a failure',
    timestamp: '2026-01-01T00:00:00Z',
  };
  return { ...more, body: data === undefined ? envelope : { ...envelope, data } };
}

const silent: ScriptedReply = { write: () => undefined };

const drip: ScriptedReply = {
  write(response) {
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(' '), 1_000);
    response.once('close', () => clearInterval(timer));
  },
};

function flood(headers: Record<string, string | number>): ScriptedReply {
  return {
    write(response) {
      response.writeHead(200, { ...JSON_TYPE, ...headers });
      response.write('{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":"');
      let left = BIG_BYTES;
      const more = () => {
        while (left > 0 && !response.destroyed) {
          left -= CHUNK.length;
          if (!response.write(CHUNK)) {
            response.once('drain', more);
            return;
          }
        }
        response.end('"}');
      };
      more();
    },
  };
}

const bomb: ScriptedReply = {
  write(response) {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' });
    response.end(BOMB);
  },
};

/** Takes what it is told, and sends headers along that lead nowhere. */
const misled =
  (elsewhere: string): Answer =>
  () =>
    ocpi(1000, {
      served: true,
      headers: {
        Link: `<${elsewhere}/next>; rel="next"`,
        Location: `${elsewhere}/cdr`,
        'X-Total-Count': '-1',
      },
    });

/** Lists of tokens with a Link that `next` makes of the number of the page. */
function pages(next: (page: number, base: string) => string, items: () => JsonObject[] = () => []): Answer {
  return (request) => {
    if (!isList(request)) return undefined;
    const page = Number(request.query.get('page') ?? 0);
    const base = `http://${request.headers.host}${request.path}`;
    const headers = { 'X-Total-Count': '7', 'X-Limit': '1', Link: `<${next(page, base)}>; rel="next"` };
    return ocpi(1000, { headers }, items());
  };
}

/** @param elsewhere origin of a host that nobody must ask. @param tokens of the partner, as it lists them. */
export function badPartners(elsewhere: string): BadPartner[] {
  let refusedCdr: unknown;
  return [
    {
      mode: 'refuse',
      isDown: true,
      contained: { push: 'paused', error: /ECONNREFUSED/, pull: /ECONNREFUSED/ },
    },
    {
      mode: 'accept, then reset',
      connection: (socket) => void socket.resetAndDestroy(),
      contained: { push: 'paused', error: /ECONNRESET|closed/, pull: /ECONNRESET|closed/ },
    },
    {
      mode: 'blackhole',
      connection: (socket) => void socket.pause(),
      contained: { push: 'paused', error: /no answer within/, pull: /no answer within/ },
    },
    {
      mode: 'headers after 60 s',
      ...always(silent),
      contained: { push: 'paused', error: /no answer within/, pull: /no answer within/ },
    },
    {
      mode: 'body of 1 B/s',
      ...always(drip),
      contained: { push: 'paused', error: /no answer within/, pull: /no answer within/ },
    },
    {
      mode: '200 with HTML',
      ...always({ headers: { 'Content-Type': 'text/html' }, body: '<html><body>Welcome</body></html>' }),
      contained: { push: 'paused', error: /HTTP 200 without an OCPI envelope/, pull: /not an OCPI envelope/ },
    },
    {
      mode: '200 with truncated JSON',
      ...always({ body: '{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":[{"uid":' }),
      contained: { push: 'paused', error: /HTTP 200 without an OCPI envelope/, pull: /not an OCPI envelope/ },
    },
    {
      mode: '200 with 2001, 2003, 3000',
      variant: '2001',
      ...always(ocpi(2001)),
      contained: { push: 'parked', pull: /OCPI status 2001/ },
    },
    {
      mode: '200 with 2001, 2003, 3000',
      variant: '2003',
      ...always(ocpi(2003)),
      contained: { push: 'parked', pull: /OCPI status 2003/ },
    },
    {
      mode: '200 with 2001, 2003, 3000',
      variant: '3000',
      ...always(ocpi(3000)),
      contained: { push: 'paused', error: /OCPI 3000/, pull: /OCPI status 3000/ },
    },
    {
      mode: '4xx all',
      ...inTurn({ status: 400 }, { status: 404 }, { status: 410 }, { status: 422 }),
      contained: { push: 'parked', pull: /HTTP 4/ },
    },
    {
      mode: '5xx all',
      ...inTurn({ status: 500 }, { status: 502, body: '<h1>Bad gateway</h1>' }, { status: 503 }),
      contained: { push: 'paused', error: /HTTP 50\d/, pull: /HTTP 50\d/ },
    },
    {
      mode: '429 with Retry-After',
      ...always({ status: 429, headers: { 'Retry-After': '2' } }),
      contained: { push: 'paused', error: /HTTP 429/, pull: /HTTP 429/ },
    },
    {
      mode: 'redirect',
      ...inTurn(
        ...[301, 302, 307, 308].map((status) => ({ status, headers: { Location: `${elsewhere}/moved` } })),
      ),
      contained: { push: 'paused', error: /HTTP 30\d/, pull: /HTTP 30\d/ },
    },
    {
      mode: 'body of 100 MB',
      variant: 'announced',
      ...always(flood({ 'Content-Length': BIG_BYTES + CHUNK.length })),
      contained: { push: 'paused', error: /larger than/, pull: /larger than/ },
    },
    {
      mode: 'body of 100 MB',
      variant: 'in chunks',
      ...always(flood({})),
      contained: { push: 'paused', error: /larger than/, pull: /larger than/ },
    },
    {
      mode: 'gzip bomb',
      ...always(bomb),
      contained: { push: 'paused', error: /without an OCPI envelope/, pull: /not an OCPI envelope/ },
    },
    {
      mode: 'endless, wrong and shrinking lists',
      variant: 'loop',
      push: misled(elsewhere),
      pull: pages((page, base) => `${base}?page=${(page + 1) % 2}`),
      contained: { push: 'told', pull: /twice/ },
    },
    {
      mode: 'endless, wrong and shrinking lists',
      variant: 'no end',
      push: misled(elsewhere),
      pull: pages((page, base) => `${base}?page=${page + 1}`),
      contained: { push: 'told', pull: /nothing new/ },
    },
    {
      mode: 'endless, wrong and shrinking lists',
      variant: 'link elsewhere',
      push: misled(elsewhere),
      pull: pages(() => `${elsewhere}/tokens`),
      contained: { push: 'told', pull: /Link/ },
    },
    {
      mode: 'endless, wrong and shrinking lists',
      variant: 'total lies',
      push: misled(elsewhere),
      pull: (request) =>
        isList(request) ? ocpi(1000, { headers: { 'X-Total-Count': '1000000' } }, []) : undefined,
      contained: { push: 'told', pull: 'read' },
    },
    {
      mode: 'one invalid object',
      push({ method, path, body }) {
        if (method !== 'POST' || !path.endsWith('/cdrs')) return undefined;
        const { id } = body as JsonObject;
        refusedCdr ??= id;
        return id === refusedCdr ? ocpi(2001) : undefined;
      },
      pull: (request) => (isList(request) ? ocpi(1000, {}, [{ uid: 7 }, null]) : undefined),
      contained: { push: 'parked', pull: 'read' },
    },
    {
      mode: 'takes it, then drops the connection',
      push: () => ({ served: true, drop: true }),
      pull: () => ({
        write(response) {
          response.writeHead(200, { ...JSON_TYPE, 'Content-Length': 1_000 });
          response.write('{"data":[', () => response.destroy());
        },
      }),
      contained: {
        push: 'paused',
        error: /closed|ECONNRESET|terminated/,
        pull: /closed|ECONNRESET|terminated/,
      },
    },
    {
      mode: 'TLS certificate expired',
      tls: 'expired',
      contained: { push: 'paused', error: /expired/, pull: /expired/ },
    },
    {
      mode: 'slow TLS handshake',
      tls: 'slow',
      connection: (_socket, serve) => void setTimeout(serve, 60_000).unref(),
      // Which of the two limits ends it first depends on how busy the process is.
      contained: { push: 'paused', error: NO_HANDSHAKE, pull: NO_HANDSHAKE },
    },
    {
      mode: 'token rotated meanwhile',
      ...always({ status: 401 }),
      rotates: true,
      contained: { push: 'told', pull: 'read' },
    },
  ];
}
