const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Milliseconds of an OCPI DateTime: UTC with or without `Z` (OCPI TY-06); numeric offsets are converted although
 * they are not a legal spelling (TY-07). undefined = not a time.
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, seconds = '', fraction = '', zone = 'Z'] = match;
  const at = Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}

/** `YYYY-MM-DDTHH:MM:SSZ`, with milliseconds only where there are any. */
export function formatDateTime(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** `YYYY-MM-DDTHH:MM:SSZ` of a time in OCPI spelling. */
export function wholeSeconds(text: string): string {
  const at = parseDateTime(text);
  if (at === undefined) {
    throw new RangeError(`not a time: ${text}`);
  }
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
