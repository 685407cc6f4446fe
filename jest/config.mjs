// One configuration for every package: our TypeScript sources run as CommonJS, through the `@holdfast/source` condition
// of each package's exports map, so that no build is needed to test.

import { fileURLToPath } from 'node:url';
import { jsc } from './swc.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

// Packages that ship ES modules only: Jest runs CommonJS on Node 20, so they are transformed as well.
const esmOnly = ['uuid', 'devalue'];

const swc = [
  '@swc/jest',
  {
    jsc,
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** What belongs to a run as a whole; Jest takes it from the configuration that it is started with. */
export const run = {
  maxWorkers: 2,
  testTimeout: 180_000, // generous, because many starts share few cores; no test asserts a duration
  reporters: ['default', here('./plain-summary.mjs')],
};

/** @type {import('jest').Config} */
export default {
  ...run,
  globalSetup: here('./global-setup.mjs'),
  globalTeardown: here('./global-teardown.mjs'),
  cacheDirectory: here('../node_modules/.cache/jest'), // not in the system's temporary folder, where it would stay behind
  testEnvironment: here('./environment.mjs'),
  testEnvironmentOptions: { customExportConditions: ['@holdfast/source', 'require', 'node', 'default'] },
  roots: ['<rootDir>'],
  testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.(ts|mjs|js)$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(\\.pnpm/)?(${esmOnly.join('|')})[@/])`],
};
