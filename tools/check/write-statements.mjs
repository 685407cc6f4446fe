// `npm run statements`: writes into docs/statements.md how many statements each operation sends at most, as declared.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { declaredStatements, page, pageWith } from './statements/page.mjs';

const root = path.resolve(import.meta.dirname, '../..');
writeFileSync(path.join(root, page), await pageWith(root, await declaredStatements(root)));
