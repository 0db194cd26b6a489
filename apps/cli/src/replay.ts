import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CliError } from './cli-error.js';
import { type Row, rows } from './operator-api.js';
import { parseJson, readStaticData } from './static-data.js';

/** The program of the gateway that replays; the command line itself knows nothing of the translation. */
const REPLAY = fileURLToPath(new URL('../../gateway/dist/replay/main.js', import.meta.url));

export interface ReplayOptions {
  data: string[];
  station?: string;
  protocol?: string;
  ocpi: string;
}

/**
 * The OCPI calls that recorded frames lead to. `file` holds the frames of one station as `frames --json` or the
 * operator API prints them: an array, a page, or one frame a line.
 * @throws {CliError} for files that cannot be used, and with what the replay says.
 */
export async function replayFrames(file: string, options: ReplayOptions): Promise<Row[]> {
  const frames = readFrames(file);
  const data = options.data.flatMap(readStaticData);
  const station = options.station ?? onlyStation(data.map(({ body }) => body));
  const protocol = options.protocol ?? protocolOf(frames);
  const output = await run(JSON.stringify({ station, protocol, version: options.ocpi, data, frames }));
  return output
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => rows([parseJson(line, 'the replay')]));
}

function readFrames(file: string): Row[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const byLine = text.trim().split('\n');
  const content =
    byLine.length > 1 && byLine[0]?.trim().endsWith('}')
      ? byLine.map((line, at) => parseJson(line, `${file}, line ${at + 1}`))
      : parseJson(text, file);
  const frames = rows(Array.isArray(content) ? content : (rows([content])[0]?.items ?? [content]));
  if (frames.length === 0) throw new CliError(`${file}: holds no frame.`);
  return frames;
}

/** The station at which all EVSEs of the locations stand. */
function onlyStation(bodies: readonly Row[]): string {
  const stations = new Set(
    bodies.flatMap(({ evses }) =>
      rows(evses).flatMap(({ ocpp }) => rows([ocpp]).map((tie) => tie.station_id)),
    ),
  );
  const [station] = stations;
  if (stations.size === 1 && typeof station === 'string') return station;
  throw new CliError('--station: which of the stations is it that the frames are of?');
}

/** Message names tell the protocol. */
function protocolOf(frames: readonly Row[]): string {
  const text = frames.map(({ raw }) => String(raw)).join('\n');
  const isNew = /"TransactionEvent"|"NotifyReport"|"connectorStatus"|"chargingStation"/.test(text);
  return isNew ? 'ocpp2.0.1' : 'ocpp1.6';
}

function run(input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [REPLAY], { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let problems = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problems += text;
    });
    child.on('error', (error) => reject(new CliError(`the replay cannot be started: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new CliError('The replay failed:', ...problems.trim().split('\n')));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
