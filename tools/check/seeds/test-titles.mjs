import ts from 'typescript';

/**
 * The titles of a test file's tests as the runner prints them, each behind those of the groups around it. Only titles that
 * are written out count: of a table (`it.each`) the title is the one with the placeholders.
 */
export function testTitles(fileName, text) {
  const titles = new Set();
  const visit = (node, group) => {
    const call = ts.isCallExpression(node) ? runnerCall(node) : null;
    const title = call?.title && group && [...group, call.title];
    if (title && call.name !== 'describe') titles.add(title.join(' '));
    ts.forEachChild(node, (child) => visit(child, call === null ? group : title));
  };
  visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest), []);
  return titles;
}

/** What a call says if it is one of a test runner's: `it(…)`, `it.each(…)(…)` or `it.each`…`(…)`. */
function runnerCall({ expression, arguments: [first] }) {
  const table = ts.isCallExpression(expression) ? expression.expression : expression.tag;
  const isTable = table && ts.isPropertyAccessExpression(table) && table.name.text === 'each';
  const callee = isTable ? table.expression : expression;
  if (!ts.isIdentifier(callee) || !['it', 'test', 'describe'].includes(callee.text)) return null;
  return { name: callee.text, title: first && ts.isStringLiteralLike(first) ? first.text : null };
}
