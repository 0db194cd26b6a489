import { Command, InvalidArgumentError } from 'commander';
import { addReplayCommand, addTariffCommands } from './analysis.js';
import { CliError } from './cli-error.js';
import {
  ATTENTION_COLUMNS,
  CDR_COLUMNS,
  FRAME_COLUMNS,
  LOCAL_TOKEN_COLUMNS,
  PARTNER_COLUMNS,
  SESSION_COLUMNS,
  STATION_COLUMNS,
} from './columns.js';
import { addLocalTokenCommands } from './local-tokens.js';
import { createOperatorApi, type OperatorApi, type Row, rows } from './operator-api.js';
import type { Terminal } from './run.js';
import { readSettings } from './settings.js';
import { parseJson, readStaticData } from './static-data.js';
import { type Column, cellText, detailText, tableText } from './table.js';

const MAX_LISTED = 10_000;
const DEFAULT_LISTED = 50;

/** The command line: each command is one or two calls of the operator API. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('roambridge')
    .description('Command line of the operator. OPERATOR_URL and OPERATOR_TOKEN say where and who.')
    .option('--json', 'print JSON instead of a table')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('(--help lists the commands)');

  const api = (): OperatorApi => createOperatorApi(readSettings(terminal.env));
  const print = (value: unknown, text: () => string) =>
    terminal.out(program.opts().json === true ? JSON.stringify(value, null, 2) : text());
  const printTable = (columns: Column[], items: Row[]) => print(items, () => tableText(columns, items));

  const list = (name: string, path: string, columns: Column[], description: string) =>
    program
      .command(name)
      .description(description)
      .option('--limit <n>', 'how many', wholeNumber, DEFAULT_LISTED)
      .action(async ({ limit }: { limit: number }) => printTable(columns, await api().list(path, limit)));

  program
    .command('stations')
    .description('all stations with their live state')
    .action(async () => printTable(STATION_COLUMNS, await api().list('/stations', MAX_LISTED)));
  program
    .command('station <id>')
    .description('one station')
    .action(async (id: string) => {
      const station = await api().send('GET', `/stations/${encodeURIComponent(id)}`);
      print(station, () => detailText(station));
    });
  program
    .command('frames <id>')
    .description('last OCPP frames of a station, newest first')
    .option('--action <action>', 'only this action')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .action(async (id: string, { action, limit }: { action?: string; limit: number }) => {
      const filter = action === undefined ? '' : `?action=${encodeURIComponent(action)}`;
      printTable(
        FRAME_COLUMNS,
        await api().list(`/stations/${encodeURIComponent(id)}/frames${filter}`, limit),
      );
    });
  program
    .command('call <id> <action> [json]')
    .description('send an OCPP action to a station, e.g. call CP-1 Reset \'{"type":"Soft"}\'')
    .action(async (id: string, action: string, json = '{}') => {
      const payload = parseJson(json, 'the payload');
      const path = `/stations/${encodeURIComponent(id)}/ocpp/${encodeURIComponent(action)}`;
      const outcome = await api().send('POST', path, payload);
      print(outcome, () => detailText(outcome));
      if (outcome.outcome !== 'result')
        throw new CliError(`The station did not do it: ${cellText(outcome.outcome)}`);
    });
  program
    .command('put-station <id>')
    .description('create or replace a station')
    .requiredOption('--profile <n>', 'security profile', wholeNumber)
    .option('--password <password>', 'HTTP Basic password, 16 to 64 characters')
    .option('--name <name>')
    .option('--protocols <list>', 'e.g. ocpp1.6,ocpp2.0.1,ocpp2.1')
    .action(
      async (
        id: string,
        options: { profile: number; password?: string; name?: string; protocols?: string },
      ) => {
        const station = await api().send('PUT', `/stations/${encodeURIComponent(id)}`, {
          security_profile: options.profile,
          ...(options.password === undefined ? {} : { password: options.password }),
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.protocols === undefined ? {} : { protocols: options.protocols.split(',') }),
        });
        print(station, () => `station ${cellText(station.id)} is stored`);
      },
    );
  program
    .command('put <files...>')
    .description('store the locations, tariffs and tokens of JSON files')
    .action(async (files: string[]) => {
      const objects = files.flatMap(readStaticData);
      const stored: Row[] = [];
      const gateway = api();
      for (const { path, body } of objects) stored.push(await gateway.send('PUT', path, body));
      print(stored, () =>
        objects.map(({ path }) => `stored ${decodeURIComponent(path.slice(1))}`).join('\n'),
      );
    });

  addLocalTokenCommands(program, LOCAL_TOKEN_COLUMNS, { api, print, printTable });

  list('sessions', '/sessions', SESSION_COLUMNS, 'sessions, newest first');
  list('cdrs', '/cdrs', CDR_COLUMNS, 'CDRs, newest first');
  list('attention', '/attention', ATTENTION_COLUMNS, 'what a person must look at');

  program
    .command('partners')
    .description('all partners')
    .action(async () => printTable(PARTNER_COLUMNS, rows((await api().send('GET', '/partners')).items)));
  program
    .command('partner')
    .description('work with a partner')
    .command('invite <name>')
    .description('make a registration token for a partner')
    .action(async (name: string) => {
      const invitation = await api().send('POST', '/partners', { name });
      print(invitation, () =>
        [
          `Give these two to ${name}; the token works once and is shown only now:`,
          `  versions URL  ${cellText(invitation.versions_url)}`,
          `  token         ${cellText(invitation.registration_token)}`,
        ].join('\n'),
      );
    });
  addTariffCommands(program, { api, print });
  addReplayCommand(program, { print });
  program
    .command('sign-in')
    .description('make a one-time link to the console')
    .option('--role <role>', 'viewer, field or admin')
    .option('--name <name>', 'who it is for; stands in the audit log')
    .option('--to <path>', 'page of the console to which it leads, e.g. /field/CP-1')
    .action(async ({ to, ...who }: { role?: string; name?: string; to?: string }) => {
      const link = await api().send('POST', '/sign-in-links', {
        ...who,
        ...(to === undefined ? {} : { path: to }),
      });
      print(link, () => `${cellText(link.url)}\nworks once, for ${cellText(link.expires_in_seconds)} s`);
    });
  return program;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}
