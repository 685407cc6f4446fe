// Rules that catch faults. Form is Prettier's, direction is dependency-cruiser's, leftovers are knip's.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { rules } from './eslint-rules.js';

const typescript = ['packages/**/*.ts', 'apps/**/*.ts'];
const publishedSources = ['packages/*/src/**/*.ts', 'packages/repositories/*/src/**/*.ts'];

const nodeGlobals = [
  'process',
  'console',
  'performance',
  'fetch',
  'URL',
  'AbortSignal',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Buffer',
];

/** Each entry: where our rules apply. Every rule named here has a planted violation in planted/eslint.mjs. */
export const ours = [
  {
    files: typescript,
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['describe', 'it', 'test'] }] },
      ],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/no-deprecated': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'holdfast/no-star-exports': 'error',
    },
  },
  {
    files: publishedSources,
    ignores: ['packages/testing/**', '**/{clock,backoff,jitter,new-id}.ts'],
    rules: { 'holdfast/time-and-chance-are-given': 'error' },
  },
  {
    files: publishedSources,
    rules: { 'no-console': 'error', '@typescript-eslint/unbound-method': 'error' },
  },
  {
    files: ['packages/repositories/*/src/**/*.ts'],
    ignores: ['**/*-db-source.ts'],
    rules: { 'holdfast/sessions-open-in-db-sources': 'error' },
  },
  {
    files: ['**/test/**/*.ts'],
    rules: { 'holdfast/every-test-runs': 'error' },
  },
];

/** A test looks at what came over the wire, and may fail in a listener. */
const inTests = [
  {
    files: ['**/test/**/*.ts'],
    rules: {
      ...Object.fromEntries(
        ['assignment', 'call', 'member-access', 'argument', 'return'].map((what) => [
          `@typescript-eslint/no-unsafe-${what}`,
          'off',
        ]),
      ),
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/unbound-method': 'off',
    },
  },
];

export default [
  { ignores: ['**/dist/', '**/coverage/', '**/node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { holdfast: { rules } } },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: typescript })),
  {
    files: typescript,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/../..` } },
    rules: {
      'no-undef': 'off', // the compiler's
      '@typescript-eslint/require-await': 'off', // what implements an asynchronous interface need not await
      '@typescript-eslint/no-this-alias': 'off', // decorators hand `this` on
      '@typescript-eslint/no-duplicate-type-constituents': 'off', // `keyof X & string` says what is meant
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off', // does no harm
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
  },
  ...ours,
  ...inTests,
];
