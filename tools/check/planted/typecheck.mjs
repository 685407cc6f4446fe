import { typecheck } from '../checks/typecheck.mjs';

const spoilt = (rule, code, folder = 'src') => ({
  rules: [rule],
  files: { [`packages/errors/${folder}/planted-${rule}.ts`]: code },
});

export const plantedTypecheck = {
  check: typecheck,
  required: ['TS2322', 'TS2375', 'TS2532', 'TS1484', 'TS4114', 'TS7029', 'TS2307'],
  plants: [
    spoilt('TS2322', "export const one: number = 'one';\n"),
    spoilt('TS2322', "export const one: number = 'one';\n", 'test'),
    // exactOptionalPropertyTypes
    spoilt('TS2375', 'export const nothing: { readonly a?: string } = { a: undefined };\n'),
    // noUncheckedIndexedAccess
    spoilt('TS2532', 'export const first = (list: readonly string[]): number => list[0].length;\n'),
    // verbatimModuleSyntax
    spoilt('TS1484', "import { Problem } from './problem.js';\nexport const problems: Problem[] = [];\n"),
    // noImplicitOverride
    spoilt('TS4114', 'class A {\n  a(): void {}\n}\nexport class B extends A {\n  a(): void {}\n}\n'),
    // noFallthroughCasesInSwitch
    spoilt(
      'TS7029',
      'export function f(n: number): number {\n  switch (n) {\n    case 1:\n      n += 1;\n    default:\n      return n;\n  }\n}\n',
    ),
    // a package that the manifest does not name
    spoilt('TS2307', "export { nothing } from 'nowhere-to-be-found';\n"),
  ],
};
