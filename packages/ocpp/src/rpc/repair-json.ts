const ESCAPED = /["\\/bfnrtu]/;
const WHITE_SPACE = /\s/;
const ENDS_VALUE: ReadonlySet<string> = new Set([',', '}', ']']);

/**
 * The text of a message without the faults that some firmware makes: a member without its value becomes
 * `null`, which is the same as absent, and a backslash that escapes nothing is dropped. One pass, whatever the text is.
 */
export function repairJson(text: string): string {
  let repaired = '';
  let from = 0;
  let inString = false;
  let wantsValue = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (inString) {
      if (char === '"') inString = false;
      if (char !== '\\') continue;
      if (ESCAPED.test(text.charAt(at + 1))) {
        at += 1;
        continue;
      }
      repaired += text.slice(from, at);
      from = at + 1;
      continue;
    }
    if (wantsValue && ENDS_VALUE.has(char)) {
      repaired += `${text.slice(from, at)}null`;
      from = at;
    }
    if (char === '"') inString = true;
    if (!WHITE_SPACE.test(char)) wantsValue = char === ':';
  }
  return repaired + text.slice(from);
}
