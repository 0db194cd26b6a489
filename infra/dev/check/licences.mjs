import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedLicences, exceptions } from './licence-rules.mjs';

const store = 'node_modules/.pnpm';

/** Every installed package, for running and for developing, has a licence of licence-rules.mjs. */
export function checkLicences(root) {
  if (!existsSync(join(root, store))) return [`${store} is missing: nothing is installed`];
  return installedPackages(root)
    .filter((installed) => !isAccepted(installed))
    .map(
      ({ name, version, licence }) =>
        `${name}@${version}: licence ${licence ?? 'not declared'} is not allowed`,
    );
}

function isAccepted({ name, version, licence }) {
  if (licence !== null && isAllowed(licence)) return true;
  return exceptions.some(
    (exception) =>
      exception.package.test(name) &&
      exception.licence === licence &&
      (exception.version === undefined || exception.version === version),
  );
}

/**
 * Judges an SPDX expression of names, AND, OR and parentheses: one side of an OR is enough, an AND
 * needs both. Anything else is not allowed.
 */
export function isAllowed(expression) {
  const tokens = expression.replace(/[()]/g, ' $& ').trim().split(/\s+/);
  let next = 0;
  const term = () => {
    const token = tokens[next++];
    if (token !== '(') return Object.hasOwn(allowedLicences, token ?? '');
    const inner = either();
    return tokens[next++] === ')' && inner;
  };
  const both = () => {
    let allowed = term();
    while (tokens[next] === 'AND') {
      next += 1;
      allowed = term() && allowed;
    }
    return allowed;
  };
  const either = () => {
    let allowed = both();
    while (tokens[next] === 'OR') {
      next += 1;
      allowed = both() || allowed;
    }
    return allowed;
  };
  return either() && next === tokens.length;
}

/** Packages in pnpm's store; links there lead to other entries of the store or to the workspace. */
function installedPackages(root) {
  const folders = readdirSync(join(root, store)).flatMap((entry) => {
    const modules = join(root, store, entry, 'node_modules');
    return realFolders(modules).flatMap((name) =>
      name.startsWith('@')
        ? realFolders(join(modules, name)).map((inner) => join(modules, name, inner))
        : [join(modules, name)],
    );
  });
  return folders
    .map((folder) => join(folder, 'package.json'))
    .filter((path) => existsSync(path))
    .map(readManifest);
}

function realFolders(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function readManifest(path) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(path, 'utf8'));
  return { name, version, licence: licenceText(license ?? licenses) };
}

/** Old manifests have `{type}` or a list of them, any of which may be chosen. */
function licenceText(field) {
  if (typeof field === 'string') return field;
  if (Array.isArray(field) && field.length > 0) return field.map(licenceText).join(' OR ');
  if (typeof field?.type === 'string') return field.type;
  return null;
}
