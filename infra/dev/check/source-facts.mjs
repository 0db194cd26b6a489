import { parseSync } from '@swc/core';

/**
 * What a TypeScript or JavaScript source refers to:
 * `imports`: `{specifier, typeOnly}` of every import, re-export, `import()`, `import type`,
 * `require()` and `import.meta.resolve()` with a literal argument;
 * `literals`: every other literal text of the code: strings, template parts, patterns, JSX text.
 * Comments are in neither. Throws with the file's name when the text does not parse.
 */
export function readSourceFacts(file, text) {
  const facts = { imports: [], literals: [] };
  visit(parse(file, text), facts);
  return facts;
}

function parse(file, text) {
  const syntax = /\.tsx?$/.test(file)
    ? { syntax: 'typescript', tsx: file.endsWith('.tsx') }
    : { syntax: 'ecmascript' };
  try {
    return parseSync(text, { ...syntax, target: 'es2022' }).body;
  } catch (error) {
    throw new Error(`${file} does not parse: ${error.message}`);
  }
}

function visit(node, facts) {
  if (Array.isArray(node)) {
    for (const element of node) visit(element, facts);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const imported = importOf(node);
  if (imported !== undefined) facts.imports.push(imported);
  const text = literalTextOf(node);
  if (text !== undefined) facts.literals.push(text);
  for (const [name, child] of Object.entries(node)) {
    if (imported === undefined || name !== imported.within) visit(child, facts);
  }
}

/** `within` is the member that holds the specifier, which is no literal of its own. */
function importOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (!node.source) return undefined;
      return { specifier: node.source.value, typeOnly: node.typeOnly === true, within: 'source' };
    case 'TsImportType':
      return { specifier: node.argument.value, typeOnly: true, within: 'argument' };
    case 'TsExternalModuleReference':
      return { specifier: node.expression.value, typeOnly: false, within: 'expression' };
    case 'CallExpression': {
      const argument = node.arguments[0]?.expression;
      if (argument?.type !== 'StringLiteral' || !isLoader(node.callee)) return undefined;
      return { specifier: argument.value, typeOnly: false, within: 'arguments' };
    }
    default:
      return undefined;
  }
}

/** `import`, `require`, `require.resolve`, `import.meta.resolve`. */
function isLoader(callee) {
  if (callee.type === 'Import') return true;
  if (callee.type === 'Identifier') return callee.value === 'require';
  if (callee.type !== 'MemberExpression' || callee.property.value !== 'resolve') return false;
  return callee.object.type === 'MetaProperty' || callee.object.value === 'require';
}

function literalTextOf(node) {
  switch (node.type) {
    case 'StringLiteral':
    case 'JSXText':
      return node.value;
    case 'TemplateElement':
      return node.raw;
    case 'RegExpLiteral':
      return node.pattern.replaceAll('\\', '');
    default:
      return undefined;
  }
}
