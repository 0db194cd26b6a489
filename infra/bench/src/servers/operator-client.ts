const REQUEST_TIMEOUT_MS = 60_000;

type Json = Record<string, unknown>;

/** Operator API of the gateway. Rejects with the problem that the API reported. */
export interface OperatorClient {
  get(path: string): Promise<Json>;
  put(path: string, body: object): Promise<Json>;
  post(path: string, body: object): Promise<Json>;
  /** Prometheus text of /metrics. */
  metrics(): Promise<string>;
}

/** `url` is the gateway's operator address without a path. */
export function createOperatorClient(options: { url: string; token: string }): OperatorClient {
  async function request(method: string, path: string, body?: object): Promise<Json> {
    const response = await fetch(`${options.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${options.token}`, 'Content-Type': 'application/json' },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? {} : (JSON.parse(text) as Json);
    throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`);
  }
  return {
    get: (path) => request('GET', path),
    put: (path, body) => request('PUT', path, body),
    post: (path, body) => request('POST', path, body),
    async metrics() {
      const response = await fetch(`${options.url}/metrics`, {
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      return response.text();
    },
  };
}

/** Items of a list answer. @throws Error when it is no list. */
export function itemsOf(answer: Json): unknown[] {
  if (Array.isArray(answer.items)) return answer.items;
  throw new Error(`the operator API answered no list: ${JSON.stringify(answer).slice(0, 200)}`);
}

/** Sum of a counter or gauge over its labels in a Prometheus text; 0 when it is not there. */
export function metricOf(text: string, name: string): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith(`${name} `) || line.startsWith(`${name}{`)) sum += Number(line.split(' ').at(-1));
  }
  return sum;
}
