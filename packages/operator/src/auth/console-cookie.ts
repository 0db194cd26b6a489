/** Cookie with the console's session. */
export const CONSOLE_COOKIE = 'roambridge_console';

/** `Set-Cookie` of a console session. */
export function sessionCookie(options: { token: string; maxAgeSeconds: number; secure: boolean }): string {
  const { token, maxAgeSeconds, secure } = options;
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(maxAgeSeconds)}${secure ? '; Secure' : ''}`;
  return `${CONSOLE_COOKIE}=${encodeURIComponent(token)}; ${attributes}`;
}

/** `Set-Cookie` that takes the cookie away. */
export function expiredCookie(): string {
  return `${CONSOLE_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
}

/** Value of one cookie of a `Cookie` header; undefined when absent or not decodable. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key !== name || value === undefined || value === '') continue;
    try {
      return decodeURIComponent(value);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
