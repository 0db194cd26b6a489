/** The story on the console: plain lines with the time, who and what. */
export interface Narrative {
  say(who: string, what: string): void;
  /** Lines as they are, set off by an empty line. */
  block(lines: readonly string[]): void;
}

const WHO_WIDTH = 8;

export function createNarrative(write: (text: string) => void): Narrative {
  return {
    say: (who, what) => write(`${clock()}  ${who.padEnd(WHO_WIDTH)}  ${what}\n`),
    block: (lines) => write(`\n${lines.join('\n')}\n\n`),
  };
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

/** Text table with columns as wide as their widest cell; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line)];
}

/** First characters of an id, enough to follow it in the story. */
export function short(id: string): string {
  return id.length > 8 ? `${id.slice(0, 8)}…` : id;
}
