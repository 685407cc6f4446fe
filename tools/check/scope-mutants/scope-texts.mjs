import ts from 'typescript';

/**
 * The SQL that a scope has become, followed from where it is compiled through variables, templates and the parameters of
 * functions: `mutationOf(node)` is what a use of it would be without the scope, or null; `isCompiled(node)` tells the calls
 * whose results are the scope's own text.
 */
export function scopeTexts(sources, types) {
  const carriers = new Set();
  const functions = new Set();
  const nameOf = (node) => types.typeToString(types.getTypeAtLocation(node));
  const isText = (node) => /^(?:readonly )?string(?:\[\])?$/.test(nameOf(node));
  for (let known = -1; known < carriers.size + functions.size;) {
    known = carriers.size + functions.size;
    for (const source of sources) follow(source);
  }

  function follow(node) {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isText(node) && carries(node.initializer)) {
      carriers.add(types.getSymbolAtLocation(node.name));
    }
    if (ts.isReturnStatement(node) && node.expression !== undefined && carries(node.expression)) {
      const owner = ts.findAncestor(node, ts.isFunctionLike);
      if (ts.isFunctionDeclaration(owner) && isText(node.expression)) functions.add(owner);
    }
    if (ts.isCallExpression(node)) {
      const called = functionOf(node);
      for (const [index, argument] of node.arguments.entries()) {
        const parameter = called?.parameters[index];
        if (parameter !== undefined && isText(argument) && carries(argument)) {
          carriers.add(types.getSymbolAtLocation(parameter.name));
        }
      }
    }
    ts.forEachChild(node, follow);
  }

  function carries(node) {
    if (isFiltered(node, types) || isCompiled(node) || carriers.has(symbolOf(node))) return true;
    const called = ts.isCallExpression(node) ? functionOf(node) : undefined;
    if (called !== undefined) return functions.has(called);
    return ts.forEachChild(node, (child) => carries(child) || undefined) ?? false;
  }

  /** A function of ours. What methods are given is a whole statement, or the name of something. */
  function functionOf({ expression }) {
    const symbol = symbolOf(expression);
    const declaration = symbol?.valueDeclaration;
    return declaration !== undefined &&
      ts.isFunctionDeclaration(declaration) &&
      sources.has(declaration.getSourceFile())
      ? declaration
      : undefined;
  }

  function symbolOf(node) {
    if (!ts.isIdentifier(node)) return undefined;
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? types.getShorthandAssignmentValueSymbol(node.parent)
      : types.getSymbolAtLocation(node);
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? types.getAliasedSymbol(symbol) : symbol;
  }

  /** Of the rows that a statement is of; what may be seen behind relations is a conjunct of its own. */
  function isCompiled(node) {
    if (!ts.isCallExpression(node) || node.getSourceFile().fileName.endsWith('/visible-behind.ts')) return false;
    return functionOf(node)?.name?.text === 'compileScope';
  }

  function mutationOf(node) {
    if (!ts.isExpression(node) || isNamed(node) || isCompared(node) || isOfNothing(node)) return null;
    if (isVisible(node, types)) return `globalThis.holdfastTrue(${node.getText()})`;
    if (!isFiltered(node, types) && !(carriers.has(symbolOf(node)) && nameOf(node) === 'string')) return null;
    if (ts.isShorthandPropertyAssignment(node.parent))
      throw new Error(`Name the property apart: ${node.getText()} in ${node.getSourceFile().fileName}`);
    return `globalThis.holdfastScopeless(${node.getText()})`;
  }

  return { mutationOf, isCompiled };
}

/** A declaration, and no use. */
function isNamed(node) {
  const { parent } = node;
  const isDeclaration = ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent);
  return isDeclaration && (parent.name === node || parent.propertyName === node);
}

function isCompared({ parent }) {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
}

/** `… AND FALSE`: no row is in it, with the scope or without. */
function isOfNothing({ parent }) {
  return ts.isTemplateSpan(parent) && parent.literal.text.startsWith(' AND FALSE');
}

/** `filter.sql` of a SearchFilter. */
function isFiltered(node, types) {
  return (
    ts.isPropertyAccessExpression(node) && node.name.text === 'sql' && isOf(node.expression, 'SearchFilter', types)
  );
}

/** What may be seen behind a relation: `at.visible` of a RelatedJoin, or `visible` taken out of one by a pattern. */
function isVisible(node, types) {
  if (ts.isPropertyAccessExpression(node)) {
    return node.name.text === 'visible' && isOf(node.expression, 'RelatedJoin', types);
  }
  const declaration = ts.isIdentifier(node) ? types.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (declaration === undefined) return false;
  if (ts.isVariableDeclaration(declaration)) {
    const made = declaration.initializer;
    return (
      made !== undefined &&
      ts.isCallExpression(made) &&
      ts.isPropertyAccessExpression(made.expression) &&
      made.expression.name.text === 'restriction'
    );
  }
  return (
    ts.isBindingElement(declaration) &&
    (declaration.propertyName ?? declaration.name).getText() === 'visible' &&
    isOf(declaration.parent, 'RelatedJoin', types)
  );
}

function isOf(node, name, types) {
  return types.getTypeAtLocation(node).symbol?.name === name;
}
