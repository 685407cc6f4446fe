import { statements } from '../checks/statements.mjs';

const page = 'docs/statements.md';
const session = 'packages/repositories/session/src/session-repository.ts';
const replaced = (from, to) => (old) => {
  if (!old.includes(from)) throw new Error(`there is no ${from} to spoil any more`);
  return old.replace(from, to);
};

export const plantedStatements = {
  check: statements,
  required: ['statements-declared', 'statements-written'],
  plants: [
    { alone: true, rules: ['statements-declared'], files: { [session]: replaced('getSessionInfo: () => 1,', '') } },
    {
      alone: true,
      rules: ['statements-written'],
      at: page,
      files: { [session]: replaced('getSessionInfo: () => 1,', 'getSessionInfo: ({ rows }) => rows,') },
    },
    { alone: true, rules: ['statements-written'], files: { [page]: replaced('| `listByAccessKey`', '| `listBy`') } },
    {
      // A package that came later.
      alone: true,
      rules: ['statements-written'],
      at: page,
      files: {
        'packages/repositories/later/package.json': JSON.stringify({
          name: 'later',
          exports: { '.': { '@holdfast/source': './src/index.ts' } },
        }),
        'packages/repositories/later/src/index.ts':
          'export class LaterRepository {\n  static statements = { sleep: () => 1 };\n  sleep() {}\n}\n',
      },
    },
  ],
};
