import { readFileSync } from 'node:fs';

export interface ChecklistRow {
  id: string;
  versions: string | undefined;
  force: string | undefined;
}

const cells = (line: string) =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/**
 * The rows of a checklist of OCPI in Markdown: every table whose first column is `ID`, with `Ver` and `Lvl` where
 * the table has these columns. Rows of a numbered table (`#`) get ids of the form `TRAP-7`.
 */
export function readChecklist(path: string): ChecklistRow[] {
  const rows: ChecklistRow[] = [];
  let columns: string[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!line.startsWith('|')) {
      columns = [];
    } else if (columns.length === 0) {
      columns = cells(line);
    } else if (!/^\|[\s:|-]+$/.test(line)) {
      const row = cells(line);
      const cell = (name: string) => (columns.includes(name) ? row[columns.indexOf(name)] : undefined);
      const id = cell('ID') ?? (cell('Trap') === undefined ? undefined : `TRAP-${cell('#')}`);
      if (id !== undefined) rows.push({ id, versions: cell('Ver'), force: cell('Lvl') });
    }
  }
  return rows;
}
