/** A JSON object of the operator API. */
export type Row = Record<string, unknown>;

/** The operator API as an administrator uses it. Calls throw an Error with the answer when it is no success. */
export interface OperatorApi {
  get(path: string): Promise<Row>;
  /** All pages of a list. */
  list(path: string): Promise<Row[]>;
  put(path: string, body: object): Promise<Row>;
  post(path: string, body: object): Promise<Row>;
  call(method: string, path: string, body?: object): Promise<Row>;
}

const PAGE = 200;

export function operatorApi(url: string, token: string): OperatorApi {
  async function call(method: string, path: string, body?: object): Promise<Row> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Row);
  }
  return {
    get: (path) => call('GET', path),
    async list(path) {
      const items: Row[] = [];
      let cursor: unknown = null;
      do {
        const query = cursor === null ? '' : `&cursor=${encodeURIComponent(String(cursor))}`;
        const page = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}${query}`);
        items.push(...(page.items as Row[]));
        cursor = page.next_cursor ?? null;
      } while (cursor !== null);
      return items;
    },
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body),
    call,
  };
}
