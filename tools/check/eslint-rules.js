// Rules of this repository that no plugin has. Each forbids one shape of syntax (an esquery selector).
const forbid = (message, ...selectors) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) => ({ [selectors.join(', ')]: (node) => context.report({ node, message }) }),
});

export const rules = {
  'no-star-exports': forbid('An index is a table of contents: export by name.', 'ExportAllDeclaration'),
  'time-and-chance-are-given': forbid(
    'Take the clock, the random source or the id maker as an option, so that a test can bring its own.',
    'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'NewExpression[callee.name="Date"][arguments.length=0]',
    'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
  ),
  'sessions-open-in-db-sources': forbid(
    'Only a db source opens dbSessions.',
    'CallExpression[callee.property.name=/^begin(Readonly)?Session$/]',
  ),
  'every-test-runs': forbid(
    'A test that is focused, skipped or left for later hides what it should show.',
    'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|skip|todo)$/]',
    'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]',
  ),
};
