const REQUEST_TIMEOUT_MS = 30_000;

/** The gateway's operator API, `/api/v1`. Methods throw an Error with the problem that the API reported. */
export interface OperatorClient {
  get(path: string): Promise<unknown>;
  put(path: string, body: object): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  remove(path: string): Promise<void>;
}

export function createOperatorClient(options: { url: string; token: string }): OperatorClient {
  async function request(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${options.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${options.token}`,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`);
  }
  return {
    get: (path) => request('GET', path),
    put: (path, body) => request('PUT', path, body),
    post: (path, body) => request('POST', path, body),
    async remove(path) {
      await request('DELETE', path);
    },
  };
}

/** Text member of an answer. @throws Error when it is missing. */
export function member(answer: unknown, name: string): string {
  if (typeof answer === 'object' && answer !== null && name in answer) {
    const value: unknown = Reflect.get(answer, name);
    if (typeof value === 'string') return value;
  }
  throw new Error(`the operator API answered without "${name}": ${JSON.stringify(answer)}`);
}

/** Items of a list answer. @throws Error when it is no list. */
export function items(answer: unknown): unknown[] {
  const list: unknown =
    typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : answer;
  if (!Array.isArray(list)) throw new Error(`the operator API answered no list: ${JSON.stringify(answer)}`);
  return list;
}
