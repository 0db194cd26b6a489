import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { listFiles, workspaceFolders } from '../project-files.mjs';
import { allowedBuiltins, confinedLibraries, mayImport, scope } from './layer-rules.mjs';
import { readSourceFacts } from './source-facts.mjs';

const source = /\.(ts|tsx|mjs|js)$/;

/**
 * Every import in the `src` of every workspace folder keeps to layer-rules.mjs, goes through the
 * other package's index, and is declared in the importing package's manifest.
 */
export function checkLayers(root) {
  return workspaceFolders(root).flatMap((folder) => checkFolder(root, folder));
}

function checkFolder(root, folder) {
  if (mayImport[folder] === undefined) {
    return [`${folder}: has no place in infra/dev/check/layer-rules.mjs`];
  }
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const files = listFiles(join(root, folder, 'src')).filter((file) => source.test(file));
  const problems = checkManifest(folder, manifest);
  for (const file of files) {
    const path = `${folder}/src/${file}`;
    const { imports } = readSourceFacts(path, readFileSync(join(root, path), 'utf8'));
    for (const imported of imports) {
      const problem = judgeImport({ folder, manifest, file: `src/${file}`, ...imported });
      if (problem !== undefined) problems.push(`${path}: import of ${imported.specifier}: ${problem}`);
    }
  }
  return problems;
}

/** A dependency that no source may import is no dependency. Tests may use more (devDependencies). */
function checkManifest(folder, manifest) {
  return Object.keys(manifest.dependencies ?? {}).flatMap((name) => {
    const problem = judgeLayer(folder, name);
    return problem === undefined ? [] : [`${folder}/package.json: dependency on ${name}: ${problem}`];
  });
}

/** The reason why the import is wrong, or undefined. */
function judgeImport({ folder, manifest, file, specifier, typeOnly }) {
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file), specifier));
    // The manifest is beside src and says the version; nothing else outside src is part of the build.
    return target.startsWith('src/') || target === 'package.json' ? undefined : 'it leaves src';
  }
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return 'it is an absolute path';

  const builtin = specifier.replace(/^node:/, '');
  if (specifier.startsWith('node:') || builtinModules.includes(builtin)) return judgeBuiltin(folder, builtin);

  const name = packageName(specifier);
  if (name.startsWith(scope) && name !== specifier) return `only the door of ${name} may be used`;
  return judgeLayer(folder, name) ?? judgeDeclaration(manifest, name, typeOnly);
}

function judgeBuiltin(folder, builtin) {
  const allowed = allowedBuiltins[folder];
  if (allowed === undefined || allowed.includes(builtin)) return undefined;
  return `${folder} may use ${allowed.length === 0 ? 'no' : `only the ${allowed.join(' and ')}`} modules of Node`;
}

function judgeLayer(folder, name) {
  if (name.startsWith(scope)) {
    const allowed = mayImport[folder];
    if (allowed.includes(name.slice(scope.length))) return undefined;
    return `${folder} may import ${allowed.length === 0 ? 'no package of the workspace' : `only ${allowed.join(', ')}`}`;
  }
  const homes = confinedLibraries[name];
  return homes === undefined || homes.includes(folder) ? undefined : `only ${homes.join(' and ')} may use it`;
}

function judgeDeclaration(manifest, name, typeOnly) {
  if (manifest.dependencies?.[name] !== undefined) return undefined;
  if (typeOnly && manifest.devDependencies?.[name] !== undefined) return undefined;
  return 'package.json does not declare it as a dependency';
}

function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
