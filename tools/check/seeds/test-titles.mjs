import ts from 'typescript';

/**
 * The titles of a test file's tests as the runner prints them, each behind those of the groups around it. Only titles that
 * are written out count: of a table (`it.each`) the title is the one with the placeholders. Nor do tests count that may not
 * be run: under a condition, or in a function that is not a group's.
 */
export function testTitles(fileName, text) {
  const titles = new Set();
  const visit = (node, group) => {
    const call = ts.isCallExpression(node) ? runnerCall(node) : null;
    const title = call?.title && group && [...group, call.title];
    if (title && call.name !== 'describe') titles.add(title.join(' '));
    const within = call === null ? (mayNotRun(node) ? null : group) : title;
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true), []);
  return titles;
}

/** Whether what is in it is run only sometimes, or nobody knows when. */
function mayNotRun(node) {
  if (ts.isFunctionLike(node)) return !(ts.isCallExpression(node.parent) && runnerCall(node.parent));
  if (ts.isBinaryExpression(node)) return logical.has(node.operatorToken.kind);
  return ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isSwitchStatement(node);
}

const logical = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** What a call says if it is one of a test runner's: `it(…)`, `it.each(…)(…)` or `it.each`…`(…)`. */
function runnerCall({ expression, arguments: [first] }) {
  const table = ts.isCallExpression(expression) ? expression.expression : expression.tag;
  const isTable = table && ts.isPropertyAccessExpression(table) && table.name.text === 'each';
  const callee = isTable ? table.expression : expression;
  if (!ts.isIdentifier(callee) || !['it', 'test', 'describe'].includes(callee.text)) return null;
  return { name: callee.text, title: first && ts.isStringLiteralLike(first) ? first.text : null };
}
