const MAX_PATH_CHARS = 300;
/** Any origin: what leads away from it is no path of the console. */
const ORIGIN = 'http://console.invalid';

/** A path of the console to which a sign-in leads; undefined = it is none, or leads to another origin. */
export function redirectTarget(path: string): string | undefined {
  // Browsers read a backslash as a slash, and drop tabs and line ends.
  if (path.length > MAX_PATH_CHARS || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\'))
    return undefined;
  if (!URL.canParse(path, ORIGIN)) return undefined;
  const { origin, pathname, search } = new URL(path, ORIGIN);
  if (origin !== ORIGIN || pathname.startsWith('//') || /^\/(api|sign-in)(\/|$)/.test(pathname))
    return undefined;
  return pathname + search;
}
