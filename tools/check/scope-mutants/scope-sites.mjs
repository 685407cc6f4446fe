import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { scopeTexts } from './scope-texts.mjs';

/** Whose sources turn scopes into statements. */
const packages = ['packages/querier', 'packages/base'];

/** What is left out, and why. */
const leftOut = [
  // A second line behind the conjuncts: packages/base tests policies with a role that they apply to.
  /\/row-level-security\//,
  // Whose an operation key is: no rows are found by it, and packages/base/test/operation-keys tests it.
  /\/operation-keys\//,
  // What a statement is known by; its text is written by what is not left out, and packages/base/test/operations/scopes-in-turn
  // tests that none is taken for another's.
  /\/specs\/(?:by-id|scope)-in-shape\.ts$/,
  // The same of searches, which packages/base/test/searches holds against those that are compiled.
  /\/specs\/search-in-shape\.ts$/,
  /\/(?:scope\/scope|search\/search)-parts\.ts$/,
  // It takes more rows than are driven here: packages/base/test/operations/copy.test.ts and copy-values.test.ts test it.
  /\/specs\/bulk\/copier\.ts$/,
  // Where scopes and what they are not are declared.
  /\/scope\/(?:search-scope|unscoped|everything)\.ts$/,
];

const isLeftOut = (file) => leftOut.some((pattern) => pattern.test(file));

/**
 * Every place where a scope enters a statement, and every use of the SQL that it has become there, found by the types of
 * the expressions: `mutants` are `{ id, title, file, line, start, end, text }`, where `text` in place of what stands
 * between `start` and `end` loses the scope there; `scopes` are the places `{ file, start, end }` of the scopes' own SQL.
 */
export function scopeSites(root) {
  const program = programOf(root);
  const types = program.getTypeChecker();
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => packages.some((folder) => fileName.startsWith(path.join(root, folder, 'src/'))))
    .filter(({ fileName }) => !isLeftOut(fileName));
  const texts = scopeTexts(new Set(sources), types);
  const neutral = neutralTexts(root);
  return {
    mutants: sources
      .flatMap((source) => sitesIn(source, (node) => texts.mutationOf(node) ?? mutationOf(node, types, neutral)))
      .map((site, id) => ({ ...site, id, title: `${path.relative(root, site.file)}:${site.line} ${site.shown}` })),
    scopes: sources.flatMap((source) => sitesIn(source, (node) => (texts.isCompiled(node) ? '' : null))),
  };
}

function programOf(root) {
  const files = packages.flatMap((folder) =>
    readdirSync(path.join(root, folder, 'src'), { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(root, folder, 'src', name)),
  );
  const { config } = ts.readConfigFile(path.join(root, 'packages/base/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path.join(root, 'packages/base'));
  return ts.createProgram(files, { ...options, noEmit: true });
}

/** By the name of a type: what says of any row that it may be seen. */
function neutralTexts(root) {
  const from = (file) => `require(${JSON.stringify(path.join(root, 'packages/querier/src', file))})`;
  return {
    Scope: `${from('scope/unscoped.ts')}.unscoped('a mutant')`,
    RelatedRows: `${from('scope/everything.ts')}.everything`,
    string: "'TRUE'",
    number: '0',
    null: 'null',
    list: '[]',
  };
}

function sitesIn(source, mutate) {
  const sites = [];
  const add = (node, text) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    const shown = node.getText(source).replace(/\s+/g, ' ');
    const around = ts.isCallExpression(node.parent) ? `${node.parent.expression.getText(source)}(… ${shown} …)` : shown;
    sites.push({
      file: source.fileName,
      line: line + 1,
      shown: around,
      start: node.getStart(source),
      end: node.getEnd(),
      text,
    });
  };
  const visit = (node) => {
    const text = mutate(node);
    if (text !== null) add(node, text);
    if (!ts.isThrowStatement(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

/** What a node would be without the scope in it, or null if there is none in it. */
function mutationOf(node, types, neutral) {
  if (isPassedOn(node)) {
    const names = namesIn(types.getTypeAtLocation(node), types);
    if (names.has('Unscoped') && names.size > 1 && !isSettled(node, types)) return neutral.Scope;
    if (names.has('RelatedRows') && !isSettled(node, types)) return neutral.RelatedRows;
  }
  if (ts.isCallExpression(node)) return mutationOfCall(node, types, neutral);
  if (ts.isBinaryExpression(node) && isMemberOfScope(node.left, types, 'where')) {
    if (node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken) return 'true';
    if (node.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken) return 'false';
  }
  // What a cursor is bound to.
  if (
    ts.isPropertyAccessExpression(node) &&
    namesIn(types.getTypeAtLocation(node.expression), types).has('SearchFilter')
  ) {
    if (node.name.text === 'scope') return neutral.string;
    if (node.name.text === 'scopeValues') return neutral.number;
  }
  return null;
}

/** A call that takes a scope apart, or a part of it. */
function mutationOfCall(node, types, neutral) {
  const result = types.getTypeAtLocation(node);
  const callee = node.expression;
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'restriction') return neutral.string;
  const isOfScope = node.arguments.some(
    (argument) =>
      isMemberOfScope(argument, types, 'stamp') ||
      [...namesIn(types.getTypeAtLocation(argument), types)].join() === 'SearchScope',
  );
  if (!isOfScope) return null;
  const names = namesIn(result, types);
  if (names.has('Unscoped')) return neutral.Scope;
  if (types.isArrayType(result)) return neutral.list;
  if (types.typeToString(result) === 'string') return neutral.string;
  return types.typeToString(result) === 'string | null' ? neutral.null : null;
}

/** Whether a node is an argument of a call, or the value of a property in an object. */
function isPassedOn(node) {
  const { parent } = node;
  if (parent === undefined || ts.isTypeNode(node)) return false;
  if (ts.isCallExpression(parent)) return parent.arguments.includes(node);
  return ts.isPropertyAssignment(parent) && parent.initializer === node;
}

/** Whether nothing is lost there: it is nothing already, it is made there of what is a place itself, or only asked about. */
function isSettled(node, types) {
  if (ts.isIdentifier(node) && node.text === 'everything') return true;
  if (ts.isCallExpression(node)) return true;
  if (isLeftOut(declarationOf(node.parent.expression, types)?.getSourceFile().fileName ?? '')) return true;
  const about = types.getTypeAtLocation(node.parent);
  return (
    ts.isCallExpression(node.parent) && (about.flags & ts.TypeFlags.BooleanLike) !== 0 && !callsOurs(node.parent, types)
  );
}

/** Where what an expression names is declared, imports followed. */
function declarationOf(expression, types) {
  const symbol = expression === undefined ? undefined : types.getSymbolAtLocation(expression);
  const named = symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? types.getAliasedSymbol(symbol) : symbol;
  return named?.valueDeclaration;
}

/** Whether a call is of a function of ours that a statement hangs on, and not of one that only tells kinds apart. */
function callsOurs({ expression }, types) {
  return (declarationOf(expression, types)?.getSourceFile().fileName ?? '').includes('/specs/');
}

/** Whether an expression is a member of a SearchScope: `scope.where`, or `where` taken out of one by a pattern. */
function isMemberOfScope(node, types, member) {
  const inner = ts.isNonNullExpression(node) ? node.expression : node;
  if (ts.isPropertyAccessExpression(inner)) {
    return inner.name.text === member && namesIn(types.getTypeAtLocation(inner.expression), types).has('SearchScope');
  }
  if (!ts.isIdentifier(inner) || inner.text !== member) return false;
  const declaration = types.getSymbolAtLocation(inner)?.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isBindingElement(declaration) &&
    namesIn(types.getTypeAtLocation(declaration.parent), types).has('SearchScope')
  );
}

/** The names of the types that a value may be of, lists of them included. */
function namesIn(type, types, names = new Set()) {
  if (type.isUnionOrIntersection()) for (const one of type.types) namesIn(one, types, names);
  else if (types.isArrayType(type) || types.isTupleType(type)) {
    for (const element of types.getTypeArguments(type)) namesIn(element, types, names);
  } else if (type.symbol !== undefined) names.add(type.symbol.name);
  return names;
}
