/** URL of an object under a partner's endpoint: one slash between, segments percent-encoded (OCPI TR-028, TR-030). */
export function objectUrl(endpoint: string, segments: readonly string[]): string {
  const url = new URL(endpoint);
  const base = url.pathname.replace(/\/+$/, '');
  url.pathname = [base, ...segments.map(encodeURIComponent)].join('/');
  return url.toString();
}
