import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export type Script = (request: SeenRequest, response: ServerResponse) => void;

export function answerJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export function success(response: ServerResponse, data?: unknown): void {
  answerJson(response, 200, { status_code: 1000, timestamp: '2025-06-01T12:00:00Z', data });
}

/** A partner's HTTP server that remembers what it was asked and answers as the test says. */
export async function startPartner(script: Script) {
  const requests: SeenRequest[] = [];
  let current = script;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const seen = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    requests.push(seen);
    current(seen, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    base: `http://127.0.0.1:${port}`,
    requests,
    script: (next: Script) => {
      current = next;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export type ScriptedPartner = Awaited<ReturnType<typeof startPartner>>;
