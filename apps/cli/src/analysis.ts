import { type Command, Option } from 'commander';
import { CliError } from './cli-error.js';
import { COMPARISON_COLUMNS } from './columns.js';
import type { OperatorApi } from './operator-api.js';
import { replayFrames } from './replay.js';
import { readStaticData } from './static-data.js';
import { cellText, tableText } from './table.js';
import { lastMonth, totalsText, whatIf } from './what-if.js';

type Print = (value: unknown, text: () => string) => void;

/** `tariff what-if`: what the sessions of the past would have cost. */
export function addTariffCommands(
  program: Command,
  { api, print }: { api: () => OperatorApi; print: Print },
): void {
  program
    .command('tariff')
    .description('work with tariffs')
    .command('what-if <file>')
    .description('price the sessions of last month by the tariff of a JSON file; nothing is stored')
    .option('--from <time>', 'sessions that ended at this time or later, e.g. 2026-01-01T00:00:00Z')
    .option('--to <time>', 'and before this time')
    .action(async (file: string, { from, to }: { from?: string; to?: string }) => {
      const [tariff, ...others] = readStaticData(file);
      if (!tariff?.path.startsWith('/tariffs/') || others.length > 0) {
        throw new CliError(`${file}: must hold one tariff.`);
      }
      const month = lastMonth(new Date());
      const span = {
        from: from ?? month.from,
        to: to ?? (from === undefined ? month.to : new Date().toISOString()),
      };
      const result = await whatIf(api(), tariff.body, span);
      print(result, () => `${tableText(COMPARISON_COLUMNS, result.sessions)}\n\n${totalsText(result)}`);
    });
}

/** `replay`: what recorded frames lead to. */
export function addReplayCommand(program: Command, { print }: { print: Print }): void {
  program
    .command('replay <frames>')
    .description('print the OCPI calls that recorded frames of a station lead to; needs no running gateway')
    .requiredOption('--data <files...>', 'JSON files with the location, its tariffs and the tokens')
    .option('--station <id>', 'id of the station, where the location has several')
    .addOption(new Option('--protocol <name>', 'of the frames').choices(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']))
    .addOption(
      new Option('--ocpi <version>', 'of the partner').choices(['2.1.1', '2.2.1', '2.3.0']).default('2.2.1'),
    )
    .action(
      async (
        file: string,
        options: { data: string[]; station?: string; protocol?: string; ocpi: string },
      ) => {
        const calls = await replayFrames(file, options);
        print(calls, () =>
          calls
            .map(({ at, method, path, body }) =>
              [at, cellText(method).padEnd(6), cellText(path), cellText(body)].join('  ').trimEnd(),
            )
            .join('\n'),
        );
      },
    );
}
