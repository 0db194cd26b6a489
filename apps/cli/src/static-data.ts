import { readFileSync } from 'node:fs';
import { CliError } from './cli-error.js';
import { type Row, rows } from './operator-api.js';

/** An OCPI object of a file and the path that it is put to. */
export interface StaticObject {
  path: string;
  body: Row;
}

/** Member by which an object without a name of its own is recognised. */
const KINDS = [
  { collection: 'tariffs', sign: 'elements', key: 'id' },
  { collection: 'locations', sign: 'coordinates', key: 'id' },
  { collection: 'tokens', sign: 'contract_id', key: 'uid' },
] as const;

/**
 * Locations, tariffs and tokens of a JSON file: one object, an array, or a page of a list (`items`).
 * @throws {CliError} naming the file and what is wrong.
 */
export function readStaticData(file: string): StaticObject[] {
  const content = parse(file);
  const objects = rows(Array.isArray(content) ? content : (rows([content])[0]?.items ?? [content]));
  if (objects.length === 0) throw new CliError(`${file}: holds no object.`);
  return objects.map((body, at) => {
    const kind = KINDS.find(({ sign }) => body[sign] !== undefined);
    if (kind === undefined)
      throw new CliError(`${file}: object ${at + 1} is neither a location, a tariff nor a token.`);
    const key = [body.country_code, body.party_id, body[kind.key]].map((part) => {
      if (typeof part === 'string' && part !== '') return encodeURIComponent(part);
      throw new CliError(`${file}: object ${at + 1} needs country_code, party_id and ${kind.key}.`);
    });
    return { path: `/${kind.collection}/${key.join('/')}`, body };
  });
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseJson(text, file);
}

/** @throws {CliError} naming where the text came from. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${where}: is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
