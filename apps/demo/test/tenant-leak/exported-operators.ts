import path from 'node:path';

const source = path.resolve(__dirname, '../../../../packages/querier/src/condition/operators.ts');

/** The names of the operators on columns, read from the compiler's own table, which the package does not export. */
export async function exportedOperators(): Promise<readonly string[]> {
  const { operators } = (await import(source)) as { readonly operators: object };
  return Object.keys(operators).sort();
}
