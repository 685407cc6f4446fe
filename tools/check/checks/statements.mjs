import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { declaredStatements, page, pageWith } from '../statements/page.mjs';

/** Every operation of a repository declares its statements, and docs/statements.md says what is declared. */
export const statements = {
  name: 'statements',
  async run({ root }) {
    const declared = await declaredStatements(root);
    const problems = declared.repositories.flatMap(({ name, folder, undeclared }) =>
      undeclared.map((operation) => ({
        rule: 'statements-declared',
        file: fileOf(root, folder, name),
        message: `${operation} is not in the statements of ${name}`,
      })),
    );
    if ((await pageWith(root, declared)) !== readFileSync(path.join(root, page), 'utf8')) {
      problems.push({ rule: 'statements-written', file: page, message: 'not as declared: `npm run statements`' });
    }
    return problems;
  },
};

/** Where a class is, by the name of the file. */
function fileOf(root, folder, name) {
  const kebab = name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
  const file = `${folder}/src/${kebab}.ts`;
  return existsSync(path.join(root, file)) ? file : `${folder}/src/index.ts`;
}
