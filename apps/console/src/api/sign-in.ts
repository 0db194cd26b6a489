import { ACCESS_TEXTS as T } from '../texts/access.js';
import { problemText } from './problem-text.js';

const TIMEOUT_MS = 10_000;
const UNAUTHORIZED = 401;

/** The address that signs this browser in and leads to a page, made with the operator token; or why there is none. */
export async function signInUrl(token: string, path: string): Promise<{ url: string } | { failed: string }> {
  try {
    const response = await fetch('/api/v1/sign-in-links', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ path }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === UNAUTHORIZED) return { failed: T.wrongToken };
    if (!response.ok) return { failed: problemText(await response.text(), response.status) };
    const { url }: { url: string } = await response.json();
    // The console may be open under another address than that of CONSOLE_URL: the session is wanted here.
    const { pathname, search } = new URL(url);
    return { url: pathname + search };
  } catch {
    return { failed: T.notReached };
  }
}
