import type { Command } from 'commander';
import type { OperatorApi, Row } from './operator-api.js';
import { type Column, cellText } from './table.js';

const MAX_LISTED = 10_000;

interface Output {
  api: () => OperatorApi;
  print: (value: unknown, text: () => string) => void;
  printTable: (columns: Column[], items: Row[]) => void;
}

/** The operator's own cards, as commands. */
export function addLocalTokenCommands(
  program: Command,
  columns: Column[],
  { api, print, printTable }: Output,
) {
  const path = (uid: string) => `/local-tokens/${encodeURIComponent(uid)}`;
  program
    .command('local-tokens')
    .description("the operator's own cards, which no partner hears of")
    .action(async () => printTable(columns, await api().list('/local-tokens', MAX_LISTED)));
  program
    .command('put-local-token <uid>')
    .description("create or replace one of the operator's own cards")
    .option('--type <type>', 'OCPI token type', 'RFID')
    .option('--blocked', 'the card is refused')
    .option('--expires <time>', 'e.g. 2027-01-31T00:00:00Z')
    .option('--group <id>', 'cards of one group may stop one another’s transactions')
    .action(
      async (uid: string, options: { type: string; blocked?: true; expires?: string; group?: string }) => {
        const token = await api().send('PUT', path(uid), {
          type: options.type,
          ...(options.blocked ? { blocked: true } : {}),
          ...(options.expires === undefined ? {} : { expires_at: options.expires }),
          ...(options.group === undefined ? {} : { group_id: options.group }),
        });
        print(token, () => `card ${cellText(token.uid)} is stored`);
      },
    );
  program
    .command('remove-local-token <uid>')
    .description("forget one of the operator's own cards")
    .action(async (uid: string) => {
      await api().send('DELETE', path(uid));
      print({ uid }, () => `card ${uid} is forgotten`);
    });
}
