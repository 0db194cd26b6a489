import type { Run } from './shorthand.js';

/** What a run calls the things of the fixture, so that runs that share a gateway have each their own. */
export type Names = Readonly<Record<string, string>>;

/** Names that no other form and version has. */
export function namesFor({ form, version }: Run): Names {
  const digits = (text: string) => text.replaceAll('.', '');
  const mark = `${digits(version)}${digits(form)}`;
  return {
    MSP: `${version[2]}${digits(form).slice(0, 2)}`,
    'LOC-1': `LOC-${mark}`,
    '04A1B2C3D4E5F6': `04A1B2C3${mark}`.padEnd(14, '0'),
    ...Object.fromEntries(
      ['CS-16', 'CS-201', 'E-161', 'E-162', 'E-201', 'E-202', 'E161', 'E162', 'E201', 'E202'].map((name) => [
        name,
        `${name}-${mark}`,
      ]),
    ),
  };
}

/** The same value in the names of a run, all through its texts. */
export function renamed<T>(value: T, names: Names = {}): T {
  const words = Object.keys(names);
  if (words.length === 0) return value;
  // Whole words only: no name may be found within another one.
  const pattern = new RegExp(`(?<![\\w-])(?:${words.join('|')})(?!\\w)`, 'g');
  const texts = (each: unknown): unknown => {
    if (typeof each === 'string') return each.replace(pattern, (word) => names[word] ?? word);
    if (Array.isArray(each)) return each.map(texts);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [name, texts(member)]));
  };
  return texts(value) as T;
}
