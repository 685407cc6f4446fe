import { ours } from '../eslint.config.js';
import { eslint } from '../checks/eslint.mjs';

let count = 0;
const typescript = (rule) => `@typescript-eslint/${rule}`;

/** A file of its own for each violation, in a place where the rule applies. */
function spoilt(rule, code, folder = 'packages/errors/src', suffix = '.ts') {
  count += 1;
  return { rules: [rule], files: { [`${folder}/planted-${count}${suffix}`]: `${code}\n` } };
}

export const plantedEslint = {
  check: eslint,
  required: [...new Set(ours.flatMap(({ rules }) => Object.keys(rules)))],
  plants: [
    spoilt(typescript('no-floating-promises'), 'export function f(): void {\n  Promise.resolve(1);\n}'),
    spoilt(
      typescript('no-misused-promises'),
      'export const f = (list: readonly Promise<void>[]): void => list.forEach(async (one) => await one);',
    ),
    spoilt(
      typescript('no-misused-promises'),
      'export const f = (ready: () => Promise<boolean>): number => (ready() ? 1 : 2);',
    ),
    spoilt(typescript('await-thenable'), 'export async function f(): Promise<void> {\n  await 1;\n}'),
    spoilt(
      typescript('return-await'),
      'export async function f(g: () => Promise<number>): Promise<number> {\n  try {\n    return g();\n  } catch {\n    return 0;\n  }\n}',
    ),
    spoilt(typescript('no-explicit-any'), 'export type Anything = any;'),
    spoilt(typescript('no-unsafe-return'), "export const f = (): string => JSON.parse('1');"),
    spoilt(typescript('no-unsafe-argument'), "export const f = (): number => parseInt(JSON.parse('1'));"),
    spoilt(typescript('ban-ts-comment'), '// @ts-ignore\nexport const one = 1;'),
    spoilt(typescript('no-unused-vars'), 'export function f(): number {\n  const left = 1;\n  return 2;\n}'),
    spoilt(typescript('consistent-type-imports'), "import { Misuse } from './misuse.js';\nexport type Other = Misuse;"),
    spoilt(
      typescript('switch-exhaustiveness-check'),
      "export function f(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}",
    ),
    spoilt(typescript('only-throw-error'), "export function f(): void {\n  throw 'a text';\n}"),
    spoilt(
      typescript('prefer-promise-reject-errors'),
      "export const f = (): Promise<never> => Promise.reject('a text');",
    ),
    spoilt(typescript('no-base-to-string'), 'export const f = (value: { a: 1 }): string => String(value);'),
    spoilt(
      typescript('unbound-method'),
      'class A {\n  #a = 1;\n  a(): number {\n    return this.#a;\n  }\n}\nexport const { a } = new A();',
    ),
    spoilt(typescript('require-array-sort-compare'), 'export const f = (list: number[]): number[] => list.sort();'),
    spoilt(
      typescript('no-deprecated'),
      '/** @deprecated */\nfunction old(): number {\n  return 1;\n}\nexport const one = old();',
    ),
    spoilt('eqeqeq', 'export const f = (value: string | null): boolean => value == null;'),
    spoilt('max-lines', Array.from({ length: 301 }, (_, index) => `export const n${index} = ${index};`).join('\n')),
    spoilt('no-console', "console.log('left over');\nexport {};"),
    spoilt('holdfast/no-star-exports', "export * from './misuse.js';"),
    spoilt('holdfast/time-and-chance-are-given', 'export const f = (): number => Date.now();'),
    spoilt('holdfast/time-and-chance-are-given', 'export const f = (): Date => new Date();'),
    spoilt('holdfast/time-and-chance-are-given', 'export const f = (): number => Math.random();'),
    ...['beginSession', 'beginReadonlySession'].map((begin) =>
      spoilt(
        'holdfast/sessions-open-in-db-sources',
        `export const f = (database: { ${begin}(): Promise<void> }): Promise<void> => database.${begin}();`,
        'packages/repositories/session/src',
      ),
    ),
    ...['it.only', 'it.skip', 'describe.skip', 'fit'].map((call) =>
      spoilt(
        'holdfast/every-test-runs',
        `import { ${call.split('.')[0]} } from '@jest/globals';\n${call}('is planted', () => {});`,
        'packages/errors/test',
        '.test.ts',
      ),
    ),
  ],
};
